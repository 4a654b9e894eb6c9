package io.jkube.network.ingress;

import java.security.GeneralSecurityException;

/** Makes certificates for hosts that bring none. */
@FunctionalInterface
public interface CertificateAuthority {
  /**
   * @param host a DNS name
   */
  ServerIdentity issue(String host) throws GeneralSecurityException;
}
