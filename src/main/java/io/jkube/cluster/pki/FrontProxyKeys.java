package io.jkube.cluster.pki;

import io.jkube.api.x509.Pem;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Objects;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * By what other API servers know that it is the cluster's server who says whose request it is.
 *
 * @param authority of its own: whom the cluster's authority signed may not speak for others
 * @param client user {@code front-proxy-client}
 */
public record FrontProxyKeys(Identity authority, Identity client) {
  /** The only name that may speak for others. */
  public static final String CLIENT_NAME = "front-proxy-client";

  private static final char[] IN_MEMORY = new char[0];

  public FrontProxyKeys {
    Objects.requireNonNull(authority, "authority");
    Objects.requireNonNull(client, "client");
  }

  public byte[] authorityPem() {
    return Pem.encode(authority.certificate());
  }

  /** For connections to other API servers. */
  public KeyManager[] keyManagers() throws GeneralSecurityException {
    var own = KeyStore.getInstance("PKCS12");
    try {
      own.load(null, null);
    } catch (IOException impossible) {
      throw new GeneralSecurityException("an empty key store reads nothing", impossible);
    }
    own.setKeyEntry(CLIENT_NAME, client.key(), IN_MEMORY, new Certificate[] {client.certificate()});
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(own, IN_MEMORY);
    return managers.getKeyManagers();
  }

  /** Says nothing of the secrets. */
  @Override
  public String toString() {
    return "keys of " + client.certificate().getSubjectX500Principal();
  }
}
