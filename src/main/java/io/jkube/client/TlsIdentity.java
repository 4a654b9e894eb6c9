package io.jkube.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS settings out of PEM text, as a kubeconfig or a pki folder holds them. */
public final class TlsIdentity {
  /** Of the key store in memory; nothing is written anywhere. */
  private static final char[] IN_MEMORY = new char[0];

  private TlsIdentity() {}

  /** Trusts only the given authority; shows no client certificate. */
  public static SSLContext trusting(byte[] authorityPem) throws GeneralSecurityException {
    return context(null, authorityPem);
  }

  /**
   * Trusts only the given authority and shows a client certificate.
   *
   * @param keyPem PKCS#8 or PKCS#1, RSA or (PKCS#8 only) EC
   * @throws GeneralSecurityException when a certificate or key cannot be read
   */
  public static SSLContext of(byte[] authorityPem, byte[] certificatePem, byte[] keyPem)
      throws GeneralSecurityException {
    var chain = certificates(certificatePem).toArray(Certificate[]::new);
    return context(keyManagers(PrivateKeyPem.read(keyPem), chain), authorityPem);
  }

  private static SSLContext context(KeyManager[] who, byte[] authorityPem)
      throws GeneralSecurityException {
    var trusted = emptyStore();
    int number = 0;
    for (var certificate : certificates(authorityPem)) {
      trusted.setCertificateEntry("authority-" + number++, certificate);
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(who, trust.getTrustManagers(), null);
    return context;
  }

  private static KeyManager[] keyManagers(PrivateKey key, Certificate[] chain)
      throws GeneralSecurityException {
    var store = emptyStore();
    store.setKeyEntry("client", key, IN_MEMORY, chain);
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, IN_MEMORY);
    return factory.getKeyManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (IOException impossible) {
      throw new GeneralSecurityException("making a key store in memory", impossible);
    }
    return store;
  }

  private static Collection<? extends Certificate> certificates(byte[] pem)
      throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem));
  }
}
