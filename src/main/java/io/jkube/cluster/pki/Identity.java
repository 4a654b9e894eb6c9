package io.jkube.cluster.pki;

import io.jkube.api.x509.CertificateWriter;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** A certificate with its key. Never printed: no toString of the key. */
public record Identity(X509Certificate certificate, PrivateKey key) {
  private static final CertificateWriter WRITER = new CertificateWriter();

  public Identity {
    Objects.requireNonNull(certificate, "certificate");
    Objects.requireNonNull(key, "key");
    if (!(certificate.getPublicKey() instanceof RSAPublicKey publicKey)
        || !(key instanceof RSAPrivateKey privateKey)
        || !publicKey.getModulus().equals(privateKey.getModulus())) {
      throw new IllegalArgumentException(
          "the key does not belong to the certificate of " + certificate.getSubjectX500Principal());
    }
  }

  /** An authority that signs itself. */
  static Identity selfSigned(CertificateRequest request, KeyPair keys, Instant now)
      throws GeneralSecurityException {
    var content = request.content(keys.getPublic(), now);
    return new Identity(WRITER.selfSigned(content, keys.getPrivate()), keys.getPrivate());
  }

  /** An identity signed by this authority. */
  Identity sign(CertificateRequest request, KeyPair keys, Instant now)
      throws GeneralSecurityException {
    var content = request.content(keys.getPublic(), now);
    return new Identity(WRITER.signed(content, certificate, key), keys.getPrivate());
  }

  boolean isFreshAt(Instant now, Duration renewBefore) {
    return now.plus(renewBefore).isBefore(certificate.getNotAfter().toInstant())
        && !now.isBefore(certificate.getNotBefore().toInstant());
  }

  @Override
  public String toString() {
    return "identity of " + certificate.getSubjectX500Principal();
  }
}
