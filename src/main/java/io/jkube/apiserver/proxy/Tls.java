package io.jkube.apiserver.proxy;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Objects;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * How the other side of an encrypted connection is known.
 *
 * @param context whom to trust, and what to show of ourselves
 * @param name that its certificate must carry; empty where nobody asks for one
 */
public record Tls(SSLContext context, String name) {
  public Tls {
    Objects.requireNonNull(context, "context");
    Objects.requireNonNull(name, "name");
  }

  /**
   * Whoever answers is believed.
   *
   * @param own shown to who asks for a certificate; null for none
   */
  public static Tls withAnyone(KeyManager[] own) throws IOException {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(own, new TrustManager[] {new Anyone()}, null);
      return new Tls(context, "");
    } catch (GeneralSecurityException impossible) {
      throw new IOException("TLS cannot be spoken here", impossible);
    }
  }

  Socket over(Socket plain, String host, int port) throws IOException {
    var asked = name.isEmpty() ? host : name;
    var secured = (SSLSocket) context.getSocketFactory().createSocket(plain, asked, port, true);
    if (!name.isEmpty()) {
      var parameters = secured.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secured.setSSLParameters(parameters);
    }
    try {
      secured.startHandshake();
    } catch (SSLException refused) {
      throw new IOException("tls: " + refused.getMessage(), refused);
    }
    return secured;
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
