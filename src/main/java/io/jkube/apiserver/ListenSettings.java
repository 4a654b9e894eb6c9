package io.jkube.apiserver;

import java.nio.file.Path;
import java.util.Objects;
import javax.net.ssl.SSLContext;

/**
 * Where and how the server listens.
 *
 * @param host address to bind for TLS, such as {@code 127.0.0.1}
 * @param port for TLS; 0 for any free one
 * @param nextPortIfTaken whether to go on to port+1, port+2, ... when {@code port} is taken
 * @param tls holds our key and certificate, and trusts the CA of client certificates
 * @param socket Unix-domain socket to make, in a folder that only its owner may enter; null for
 *     none
 * @param insecurePort on 127.0.0.1 without TLS, where every peer is kubernetes-admin; -1 for none,
 *     0 for any free one
 */
public record ListenSettings(
    String host, int port, boolean nextPortIfTaken, SSLContext tls, Path socket, int insecurePort) {
  public static final int NO_INSECURE_PORT = -1;

  public ListenSettings {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(tls, "tls");
    if (port < 0 || port > 65535 || insecurePort < -1 || insecurePort > 65535) {
      throw new IllegalArgumentException("ports " + port + ", " + insecurePort);
    }
  }

  public ListenSettings(String host, int port, SSLContext tls, Path socket) {
    this(host, port, true, tls, socket, NO_INSECURE_PORT);
  }
}
