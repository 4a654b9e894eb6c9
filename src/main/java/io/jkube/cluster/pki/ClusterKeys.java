package io.jkube.cluster.pki;

import io.jkube.api.x509.CertificateAuthority;
import io.jkube.api.x509.Pem;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * What a cluster identifies itself and its administrator with.
 *
 * @param authority signs the others; clients trust it
 * @param server of the API
 * @param administrator user {@code kubernetes-admin} of group {@code system:masters}
 * @param administratorToken a bearer token of the same user, for clients without certificates
 * @param accountKeys RSA; signs the tokens of service accounts
 */
public record ClusterKeys(
    Identity authority,
    Identity server,
    Identity administrator,
    String administratorToken,
    KeyPair accountKeys) {
  private static final char[] IN_MEMORY = new char[0];

  public ClusterKeys {
    Objects.requireNonNull(authority, "authority");
    Objects.requireNonNull(server, "server");
    Objects.requireNonNull(administrator, "administrator");
    Objects.requireNonNull(administratorToken, "administratorToken");
    Objects.requireNonNull(accountKeys, "accountKeys");
  }

  /**
   * For the API's listener: shows the server's certificate, and trusts client certificates that our
   * authority signed.
   */
  public SSLContext serverContext() throws GeneralSecurityException {
    var own = emptyStore();
    own.setKeyEntry(
        "server",
        server.key(),
        IN_MEMORY,
        new Certificate[] {server.certificate(), authority.certificate()});
    var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keyManagers.init(own, IN_MEMORY);
    var trusted = emptyStore();
    trusted.setCertificateEntry("authority", authority.certificate());
    var trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trustManagers.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
    return context;
  }

  /** Signs certificates of users and nodes. */
  public CertificateAuthority certificateAuthority() {
    return new CertificateAuthority(authority.certificate(), authority.key());
  }

  public byte[] authorityPem() {
    return Pem.encode(authority.certificate());
  }

  public byte[] administratorCertificatePem() {
    return Pem.encode(administrator.certificate());
  }

  public byte[] administratorKeyPem() {
    return Pem.encode("PRIVATE KEY", administrator.key().getEncoded());
  }

  /** Says nothing of the secrets. */
  @Override
  public String toString() {
    return "keys of " + authority.certificate().getSubjectX500Principal();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (IOException impossible) {
      throw new GeneralSecurityException("an empty key store reads nothing", impossible);
    }
    return store;
  }
}
