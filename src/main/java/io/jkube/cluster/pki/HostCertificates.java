package io.jkube.cluster.pki;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.InstantSource;
import java.util.List;

/**
 * Certificates for web sites of the cluster, signed by its authority: who trusts {@code pki/ca.crt}
 * trusts them. All have one key, made when the first is asked for. Thread-safe.
 */
public final class HostCertificates {
  private final Identity authority;
  private final InstantSource clock;
  private KeyPair keys;

  public HostCertificates(Identity authority, InstantSource clock) {
    this.authority = authority;
    this.clock = clock;
  }

  /**
   * @param host a DNS name
   */
  public synchronized Identity issue(String host) throws GeneralSecurityException {
    if (keys == null) {
      keys = KeyFolder.generate();
    }
    var request =
        new CertificateRequest(
            host, "", CertificateRequest.Usage.SERVER, List.of(host), KeyFolder.LEAF_VALIDITY);
    return authority.sign(request, keys, clock.instant());
  }
}
