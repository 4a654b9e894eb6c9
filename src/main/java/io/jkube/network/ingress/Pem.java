package io.jkube.network.ingress;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads the two halves of a secret of type {@code kubernetes.io/tls}: certificates, and a key as
 * PKCS #8, PKCS #1 (RSA) or SEC 1 (elliptic curves).
 */
final class Pem {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([^-]+)-----END \\1-----");
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA");
  private static final HexFormat HEX = HexFormat.of();

  /** Version 0 and the algorithm RSA, as PKCS #8 has it in front of the PKCS #1 key. */
  private static final byte[] RSA = HEX.parseHex("020100300d06092a864886f70d0101010500");

  private static final byte[] VERSION = HEX.parseHex("020100");
  private static final byte[] EC = HEX.parseHex("06072a8648ce3d0201");

  /** The three curves that TLS knows, as DER tells their names. */
  private static final List<byte[]> CURVES =
      List.of(
          HEX.parseHex("06082a8648ce3d030107"),
          HEX.parseHex("06052b81040022"),
          HEX.parseHex("06052b81040023"));

  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;

  private Pem() {}

  /**
   * @throws GeneralSecurityException with words for the person who made the secret
   */
  static ServerIdentity identity(byte[] certificates, byte[] key) throws GeneralSecurityException {
    var chain = new ArrayList<X509Certificate>();
    var read =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(certificates));
    read.forEach(each -> chain.add((X509Certificate) each));
    if (chain.isEmpty()) {
      throw new CertificateException("tls.crt holds no certificate");
    }
    var identity = new ServerIdentity(chain, key(new String(key, StandardCharsets.US_ASCII)));
    if (!belongTogether(identity)) {
      throw new InvalidKeyException("tls.key does not belong to the certificate in tls.crt");
    }
    return identity;
  }

  private static boolean belongTogether(ServerIdentity identity) throws GeneralSecurityException {
    var open = identity.chain().getFirst().getPublicKey();
    var algorithm = identity.key().getAlgorithm();
    if (!open.getAlgorithm().equals(algorithm)) {
      return false;
    }
    var signature = Signature.getInstance(SIGNATURES.getOrDefault(algorithm, algorithm));
    signature.initSign(identity.key());
    signature.update(VERSION);
    var signed = signature.sign();
    signature.initVerify(open);
    signature.update(VERSION);
    return signature.verify(signed);
  }

  private static PrivateKey key(String pem) throws GeneralSecurityException {
    var found = KEY.matcher(pem);
    if (!found.find()) {
      throw new InvalidKeyException("tls.key holds no private key in the form PEM");
    }
    var der = Base64.getMimeDecoder().decode(found.group(2));
    return switch (found.group(1)) {
      case "RSA PRIVATE KEY" -> key("RSA", der(SEQUENCE, join(RSA, der(OCTETS, der))));
      case "EC PRIVATE KEY" -> key("EC", curve(der));
      case String any -> ofAnyKind(der);
    };
  }

  private static PrivateKey ofAnyKind(byte[] der) throws GeneralSecurityException {
    GeneralSecurityException last = null;
    for (var algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return key(algorithm, der);
      } catch (GeneralSecurityException other) {
        last = other;
      }
    }
    throw new InvalidKeyException("tls.key is neither a key of RSA nor of a curve", last);
  }

  private static PrivateKey key(String algorithm, byte[] der) throws GeneralSecurityException {
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  /** SEC 1 names the curve inside of the key, PKCS #8 before it. */
  private static byte[] curve(byte[] key) throws InvalidKeyException {
    var text = HEX.formatHex(key);
    for (var curve : CURVES) {
      if (text.contains(HEX.formatHex(curve))) {
        var algorithm = der(SEQUENCE, join(EC, curve));
        return der(SEQUENCE, join(VERSION, algorithm, der(OCTETS, key)));
      }
    }
    throw new InvalidKeyException("tls.key is of a curve that TLS does not know");
  }

  private static byte[] der(int tag, byte[] content) {
    var length = content.length;
    var head =
        length < 0x80
            ? new byte[] {(byte) tag, (byte) length}
            : length < 0x100
                ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
    return join(head, content);
  }

  private static byte[] join(byte[]... parts) {
    var joined = new ByteArrayOutputStream();
    for (var part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
