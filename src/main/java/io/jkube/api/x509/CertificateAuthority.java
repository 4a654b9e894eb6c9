package io.jkube.api.x509;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Objects;

/** Who signs certificates. Says nothing of the secret when printed. */
public record CertificateAuthority(X509Certificate certificate, PrivateKey key) {
  private static final CertificateWriter WRITER = new CertificateWriter();

  public CertificateAuthority {
    Objects.requireNonNull(certificate, "certificate");
    Objects.requireNonNull(key, "key");
  }

  /** A certificate that whoever trusts this authority believes. */
  public X509Certificate sign(CertificateContent content) throws GeneralSecurityException {
    return WRITER.signed(content, certificate, key);
  }

  @Override
  public String toString() {
    return "authority " + certificate.getSubjectX500Principal();
  }
}
