package io.jkube.kubelet.runtime.docker.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Opens TLS links with the certificates of a folder as Docker's client keeps them. */
final class TlsOpener implements Link.Opener {
  private final String host;
  private final int port;
  private final Path certificates;
  private SSLSocketFactory sockets;

  TlsOpener(String host, int port, Path certificates) {
    this.host = host;
    this.port = port;
    this.certificates = certificates;
  }

  @Override
  public Link open() throws IOException {
    var socket = (SSLSocket) sockets().createSocket(host, port);
    try {
      var parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return new TlsLink(socket, socket.getInputStream(), socket.getOutputStream());
    } catch (IOException refused) {
      socket.close();
      throw refused;
    }
  }

  private synchronized SSLSocketFactory sockets() throws IOException {
    if (sockets == null) {
      try {
        sockets = TlsIdentity.read(certificates).getSocketFactory();
      } catch (GeneralSecurityException malformed) {
        throw new IOException(certificates + ": " + malformed.getMessage(), malformed);
      }
    }
    return sockets;
  }

  private record TlsLink(SSLSocket socket, InputStream input, OutputStream output) implements Link {
    @Override
    public void endOutput() throws IOException {
      socket.shutdownOutput();
    }

    /** A TLS socket cannot be asked without waiting, so none is used twice. */
    @Override
    public boolean usable() {
      return false;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
