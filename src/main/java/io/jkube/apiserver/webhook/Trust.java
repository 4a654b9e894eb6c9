package io.jkube.apiserver.webhook;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whom the server believes that it speaks to a webhook, or to another API server. */
public final class Trust {
  private Trust() {}

  /**
   * @param authorities PEM certificates in base64; empty for those that this machine trusts
   * @throws GeneralSecurityException when they are none
   */
  static SSLContext in(String authorities) throws GeneralSecurityException {
    return authorities.isEmpty() ? SSLContext.getDefault() : in(authorities, null);
  }

  /**
   * @param authorities PEM certificates in base64; empty for those that this machine trusts
   * @param own what we show of ourselves; null for nothing
   * @throws GeneralSecurityException when they are none
   */
  public static SSLContext in(String authorities, KeyManager[] own)
      throws GeneralSecurityException {
    if (authorities.isEmpty()) {
      var context = SSLContext.getInstance("TLS");
      context.init(own, null, null);
      return context;
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store(authorities));
    var context = SSLContext.getInstance("TLS");
    context.init(own, trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore store(String authorities) throws GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (IOException impossible) {
      throw new GeneralSecurityException("an empty key store reads nothing", impossible);
    }
    int count = 0;
    for (var certificate :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(decoded(authorities)))) {
      store.setCertificateEntry("authority-" + count++, certificate);
    }
    if (count == 0) {
      throw new CertificateException("unable to load root certificates");
    }
    return store;
  }

  private static byte[] decoded(String base64) throws CertificateException {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException malformed) {
      throw new CertificateException("unable to load root certificates", malformed);
    }
  }
}
