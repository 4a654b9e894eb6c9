package io.jkube.api.x509;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Set;

/** Writes X.509 v3 certificates (RFC 5280), signed with SHA-256 and RSA. Thread-safe. */
public final class CertificateWriter {
  private static final byte[] SHA256_WITH_RSA =
      Der.sequence(Der.oid("1.2.840.113549.1.1.11"), Der.NULL);
  private static final byte[] SUBJECT_KEY_IDENTIFIER = Der.oid("2.5.29.14");
  private static final byte[] KEY_USAGE = Der.oid("2.5.29.15");
  private static final byte[] SUBJECT_ALTERNATIVE_NAME = Der.oid("2.5.29.17");
  private static final byte[] BASIC_CONSTRAINTS = Der.oid("2.5.29.19");
  private static final byte[] AUTHORITY_KEY_IDENTIFIER = Der.oid("2.5.29.35");
  private static final byte[] EXTENDED_KEY_USAGE = Der.oid("2.5.29.37");
  private static final int SERIAL_NUMBER_BITS = 127;

  private final SecureRandom random = new SecureRandom();

  /** An authority's own certificate. */
  public X509Certificate selfSigned(CertificateContent content, PrivateKey key)
      throws GeneralSecurityException {
    return write(content, content.subject(), content.key(), key);
  }

  /** A certificate signed by {@code authority}. */
  public X509Certificate signed(
      CertificateContent content, X509Certificate authority, PrivateKey key)
      throws GeneralSecurityException {
    return write(
        content, authority.getSubjectX500Principal().getEncoded(), authority.getPublicKey(), key);
  }

  private X509Certificate write(
      CertificateContent content, byte[] issuer, PublicKey issuerPublicKey, PrivateKey issuerKey)
      throws GeneralSecurityException {
    var toBeSigned =
        Der.sequence(
            Der.explicit(0, Der.integer(2)),
            Der.integer(new BigInteger(SERIAL_NUMBER_BITS, random).add(BigInteger.ONE)),
            SHA256_WITH_RSA,
            issuer,
            Der.sequence(Der.time(content.from()), Der.time(content.until())),
            content.subject(),
            content.key().getEncoded(),
            Der.explicit(3, extensions(content, issuerPublicKey)));
    var signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(issuerKey);
    signature.update(toBeSigned);
    var encoded = Der.sequence(toBeSigned, SHA256_WITH_RSA, Der.bits(0, signature.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded));
  }

  private static byte[] extensions(CertificateContent content, PublicKey issuer)
      throws GeneralSecurityException {
    var extensions = new ArrayList<byte[]>();
    extensions.add(
        critical(BASIC_CONSTRAINTS, content.authority() ? Der.sequence(Der.TRUE) : Der.sequence()));
    if (!content.usages().isEmpty()) {
      extensions.add(critical(KEY_USAGE, bits(content.usages())));
    }
    if (!content.purposes().isEmpty()) {
      var purposes = content.purposes().stream().sorted().map(each -> Der.oid(each.oid()));
      extensions.add(extension(EXTENDED_KEY_USAGE, Der.sequence(purposes.toArray(byte[][]::new))));
    }
    extensions.add(extension(SUBJECT_KEY_IDENTIFIER, Der.octets(keyIdentifier(content.key()))));
    extensions.add(
        extension(AUTHORITY_KEY_IDENTIFIER, Der.sequence(Der.implicit(0, keyIdentifier(issuer)))));
    if (!content.alternativeNames().isEmpty()) {
      var names = content.alternativeNames().stream().map(AlternativeName::encoded);
      extensions.add(
          extension(SUBJECT_ALTERNATIVE_NAME, Der.sequence(names.toArray(byte[][]::new))));
    }
    return Der.sequence(extensions.toArray(byte[][]::new));
  }

  /** A named bit string: as short as it can be. */
  private static byte[] bits(Set<CertificateContent.Usage> usages) {
    int bits = usages.stream().mapToInt(usage -> 0x80 >>> usage.bit()).reduce(0, (a, b) -> a | b);
    return Der.bits(Integer.numberOfTrailingZeros(bits), (byte) bits);
  }

  /** RFC 5280, 4.2.1.2, method (1), on the whole key structure: any stable hash will do. */
  private static byte[] keyIdentifier(PublicKey key) throws GeneralSecurityException {
    return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()), 20);
  }

  private static byte[] extension(byte[] oid, byte[] value) {
    return Der.sequence(oid, Der.octets(value));
  }

  private static byte[] critical(byte[] oid, byte[] value) {
    return Der.sequence(oid, Der.TRUE, Der.octets(value));
  }
}
