package io.jkube.apiserver.proxy;

import io.jkube.api.stream.Link;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Connections to addresses, as a proxy opens them. */
final class Sockets {
  private static final Duration DIAL_TIMEOUT = Duration.ofSeconds(30);

  private Sockets() {}

  /**
   * @param tls encrypted; as upstream's proxies do, without asking who answers: certificates of
   *     pods name no address
   */
  static Link connect(String host, int port, boolean tls) throws IOException {
    var socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), (int) DIAL_TIMEOUT.toMillis());
      socket.setTcpNoDelay(true);
      var used = tls ? secured(socket, host, port) : socket;
      return new SocketLink(used, used.getInputStream(), used.getOutputStream());
    } catch (IOException refused) {
      socket.close();
      throw new IOException(
          "dial tcp %s:%d: connect: %s".formatted(host, port, refused.getMessage()), refused);
    }
  }

  private static SSLSocket secured(Socket socket, String host, int port) throws IOException {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Anyone()}, null);
      var secured = (SSLSocket) context.getSocketFactory().createSocket(socket, host, port, true);
      secured.startHandshake();
      return secured;
    } catch (GeneralSecurityException impossible) {
      throw new IOException("TLS cannot be spoken here", impossible);
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

  private static final class Anyone extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
