package io.jkube.apiserver.proxy;

import io.jkube.api.stream.Link;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Connections to addresses, as a proxy opens them. */
public final class Sockets {
  private static final Duration DIAL_TIMEOUT = Duration.ofSeconds(30);

  private Sockets() {}

  /** Plainly, or encrypted without asking who answers: certificates of pods name no address. */
  static Link connect(String host, int port, boolean tls) throws IOException {
    return connect(host, port, tls ? Tls.withAnyone(null) : null);
  }

  /**
   * @param tls null for a plain connection
   * @return the caller closes it
   * @throws IOException when nobody answers, or somebody who is not trusted
   */
  public static Link connect(String host, int port, Tls tls) throws IOException {
    var socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), (int) DIAL_TIMEOUT.toMillis());
      socket.setTcpNoDelay(true);
    } catch (IOException refused) {
      socket.close();
      throw new IOException(
          "dial tcp %s:%d: connect: %s".formatted(host, port, refused.getMessage()), refused);
    }
    try {
      var used = tls == null ? socket : tls.over(socket, host, port);
      return new SocketLink(used, used.getInputStream(), used.getOutputStream());
    } catch (IOException untrusted) {
      socket.close();
      throw untrusted;
    }
  }

  private record SocketLink(Socket socket, InputStream input, OutputStream output) implements Link {
    @Override
    public void endOutput() throws IOException {
      socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
