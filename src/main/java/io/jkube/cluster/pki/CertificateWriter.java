package io.jkube.cluster.pki;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes X.509 v3 certificates (RFC 5280), signed with SHA-256 and RSA. */
final class CertificateWriter {
  /** Clocks of clients on other machines may be a little behind. */
  private static final Duration BACKDATED = Duration.ofMinutes(5);

  private static final byte[] SHA256_WITH_RSA =
      Der.sequence(Der.oid("1.2.840.113549.1.1.11"), Der.NULL);
  private static final byte[] COMMON_NAME = Der.oid("2.5.4.3");
  private static final byte[] ORGANIZATION = Der.oid("2.5.4.10");
  private static final byte[] SUBJECT_KEY_IDENTIFIER = Der.oid("2.5.29.14");
  private static final byte[] KEY_USAGE = Der.oid("2.5.29.15");
  private static final byte[] SUBJECT_ALTERNATIVE_NAME = Der.oid("2.5.29.17");
  private static final byte[] BASIC_CONSTRAINTS = Der.oid("2.5.29.19");
  private static final byte[] AUTHORITY_KEY_IDENTIFIER = Der.oid("2.5.29.35");
  private static final byte[] EXTENDED_KEY_USAGE = Der.oid("2.5.29.37");
  private static final byte[] SERVER_AUTHENTICATION = Der.oid("1.3.6.1.5.5.7.3.1");
  private static final byte[] CLIENT_AUTHENTICATION = Der.oid("1.3.6.1.5.5.7.3.2");

  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;
  private static final int SERIAL_NUMBER_BITS = 127;

  private final SecureRandom random = new SecureRandom();

  /** An authority that signs itself. */
  Identity selfSigned(CertificateRequest request, KeyPair keys, Instant now)
      throws GeneralSecurityException {
    var subject = name(request);
    return write(request, keys, now, subject, keys.getPublic(), keys.getPrivate());
  }

  /** A certificate signed by {@code authority}. */
  Identity signed(CertificateRequest request, KeyPair keys, Instant now, Identity authority)
      throws GeneralSecurityException {
    var issuer = authority.certificate().getSubjectX500Principal().getEncoded();
    var issuerKey = authority.certificate().getPublicKey();
    return write(request, keys, now, issuer, issuerKey, authority.key());
  }

  private Identity write(
      CertificateRequest request,
      KeyPair keys,
      Instant now,
      byte[] issuer,
      PublicKey issuerPublicKey,
      PrivateKey issuerKey)
      throws GeneralSecurityException {
    var toBeSigned =
        Der.sequence(
            Der.explicit(0, Der.integer(2)),
            Der.integer(new BigInteger(SERIAL_NUMBER_BITS, random).add(BigInteger.ONE)),
            SHA256_WITH_RSA,
            issuer,
            Der.sequence(Der.time(now.minus(BACKDATED)), Der.time(now.plus(request.validity()))),
            name(request),
            keys.getPublic().getEncoded(),
            Der.explicit(3, extensions(request, keys.getPublic(), issuerPublicKey)));
    var signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(issuerKey);
    signature.update(toBeSigned);
    var encoded = Der.sequence(toBeSigned, SHA256_WITH_RSA, Der.bits(0, signature.sign()));
    var certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(encoded));
    return new Identity(certificate, keys.getPrivate());
  }

  private static byte[] name(CertificateRequest request) {
    var commonName = Der.set(Der.sequence(COMMON_NAME, Der.utf8(request.commonName())));
    return request.organization().isEmpty()
        ? Der.sequence(commonName)
        : Der.sequence(
            Der.set(Der.sequence(ORGANIZATION, Der.utf8(request.organization()))), commonName);
  }

  private static byte[] extensions(CertificateRequest request, PublicKey own, PublicKey issuer)
      throws GeneralSecurityException {
    var extensions = new ArrayList<byte[]>();
    switch (request.usage()) {
      case AUTHORITY -> {
        extensions.add(critical(BASIC_CONSTRAINTS, Der.sequence(Der.TRUE)));
        // digitalSignature, keyEncipherment, keyCertSign
        extensions.add(critical(KEY_USAGE, Der.bits(2, (byte) 0b1010_0100)));
      }
      case SERVER -> addLeaf(extensions, SERVER_AUTHENTICATION);
      case CLIENT -> addLeaf(extensions, CLIENT_AUTHENTICATION);
    }
    extensions.add(extension(SUBJECT_KEY_IDENTIFIER, Der.octets(keyIdentifier(own))));
    extensions.add(
        extension(AUTHORITY_KEY_IDENTIFIER, Der.sequence(Der.implicit(0, keyIdentifier(issuer)))));
    if (!request.alternativeNames().isEmpty()) {
      extensions.add(extension(SUBJECT_ALTERNATIVE_NAME, generalNames(request.alternativeNames())));
    }
    return Der.sequence(extensions.toArray(byte[][]::new));
  }

  private static void addLeaf(List<byte[]> extensions, byte[] purpose) {
    extensions.add(critical(BASIC_CONSTRAINTS, Der.sequence()));
    // digitalSignature, keyEncipherment
    extensions.add(critical(KEY_USAGE, Der.bits(5, (byte) 0b1010_0000)));
    extensions.add(extension(EXTENDED_KEY_USAGE, Der.sequence(purpose)));
  }

  private static byte[] generalNames(List<String> names) {
    return Der.sequence(names.stream().map(CertificateWriter::generalName).toArray(byte[][]::new));
  }

  private static byte[] generalName(String name) {
    return isAddress(name)
        ? Der.implicit(IP_ADDRESS, InetAddress.ofLiteral(name).getAddress())
        : Der.implicit(DNS_NAME, Der.ascii(name));
  }

  private static boolean isAddress(String name) {
    return name.indexOf(':') >= 0 || name.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
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
