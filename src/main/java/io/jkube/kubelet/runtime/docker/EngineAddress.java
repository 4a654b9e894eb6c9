package io.jkube.kubelet.runtime.docker;

import io.jkube.kubelet.runtime.docker.http.EngineHttpClient;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/** Where an engine listens. {@link #toString} is the form that {@code DOCKER_HOST} takes. */
public sealed interface EngineAddress {
  int PLAIN_PORT = 2375;
  int TLS_PORT = 2376;

  /** A socket of this machine. */
  record Unix(Path socket) implements EngineAddress {
    public Unix {
      Objects.requireNonNull(socket, "socket");
    }

    @Override
    public String toString() {
      return "unix://" + socket;
    }
  }

  /**
   * A TCP port, perhaps of another machine.
   *
   * @param certificates the folder with {@code ca.pem}, {@code cert.pem}, {@code key.pem} for TLS;
   *     null for none
   */
  record Tcp(String host, int port, Path certificates) implements EngineAddress {
    public Tcp {
      Objects.requireNonNull(host, "host");
      if (port < 1 || port > 65535) {
        throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
      }
    }

    @Override
    public String toString() {
      return "tcp://" + host + ":" + port;
    }
  }

  /** A client for it; it connects with the first request. */
  default EngineHttpClient client(Duration timeout) {
    return switch (this) {
      case Unix unix -> EngineHttpClient.unix(unix.socket(), timeout);
      case Tcp tcp ->
          tcp.certificates() == null
              ? EngineHttpClient.tcp(tcp.host(), tcp.port(), timeout)
              : EngineHttpClient.tls(tcp.host(), tcp.port(), tcp.certificates(), timeout);
    };
  }

  static EngineAddress unix(String socket) {
    return new Unix(Path.of(socket));
  }

  /**
   * Reads the form of {@code DOCKER_HOST}: {@code unix:///path}, {@code tcp://host[:port]}.
   *
   * @param certificates for TLS, or null
   * @throws IllegalArgumentException where the address says something else; the message says what
   *     would do
   */
  static EngineAddress parse(String text, Path certificates) {
    if (text.startsWith("unix://")) {
      return new Unix(Path.of(text.substring("unix://".length())));
    }
    if (text.startsWith("tcp://") || text.startsWith("http://") || text.startsWith("https://")) {
      return tcp(text, certificates);
    }
    throw new IllegalArgumentException(
        text.startsWith("ssh://")
            ? text
                + ": engines over ssh are not supported; forward the socket with `ssh -N -L"
                + " /tmp/docker.sock:/var/run/docker.sock HOST` and set"
                + " DOCKER_HOST=unix:///tmp/docker.sock"
            : text + " is no engine's address: unix:///PATH or tcp://HOST:PORT");
  }

  private static Tcp tcp(String text, Path certificates) {
    try {
      var uri = new URI(text);
      if (uri.getHost() != null) {
        int usual = certificates == null ? PLAIN_PORT : TLS_PORT;
        return new Tcp(uri.getHost(), uri.getPort() < 0 ? usual : uri.getPort(), certificates);
      }
    } catch (URISyntaxException malformed) {
      throw new IllegalArgumentException(text + " is no address: tcp://HOST:PORT", malformed);
    }
    throw new IllegalArgumentException(text + " names no host: tcp://HOST:PORT");
  }
}
