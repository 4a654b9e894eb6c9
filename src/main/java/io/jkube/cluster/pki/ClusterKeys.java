package io.jkube.cluster.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Objects;

/**
 * What a cluster identifies itself and its administrator with.
 *
 * @param authority signs the others; clients trust it
 * @param server of the API
 * @param administrator user {@code kubernetes-admin} of group {@code system:masters}
 */
public record ClusterKeys(Identity authority, Identity server, Identity administrator) {
  public ClusterKeys {
    Objects.requireNonNull(authority, "authority");
    Objects.requireNonNull(server, "server");
    Objects.requireNonNull(administrator, "administrator");
  }

  /** The server's certificate, chain and key for a TLS listener; in memory, without a password. */
  public KeyStore serverKeyStore() throws GeneralSecurityException {
    var store = empty();
    store.setKeyEntry(
        "server",
        server.key(),
        new char[0],
        new Certificate[] {server.certificate(), authority.certificate()});
    return store;
  }

  /** The authority that client certificates must come from. */
  public KeyStore trustStore() throws GeneralSecurityException {
    var store = empty();
    store.setCertificateEntry("authority", authority.certificate());
    return store;
  }

  public byte[] authorityPem() {
    return PemFiles.certificatePem(authority.certificate());
  }

  public byte[] administratorCertificatePem() {
    return PemFiles.certificatePem(administrator.certificate());
  }

  public byte[] administratorKeyPem() {
    return PemFiles.pem("PRIVATE KEY", administrator.key().getEncoded());
  }

  private static KeyStore empty() throws GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (IOException impossible) {
      throw new GeneralSecurityException("an empty key store reads nothing", impossible);
    }
    return store;
  }
}
