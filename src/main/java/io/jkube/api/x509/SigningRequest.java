package io.jkube.api.x509;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A request for a certificate (PKCS#10), its signature not yet checked.
 *
 * @param subject the name it is for, as it was encoded
 * @param commonName of the subject; empty for none
 * @param organizations of the subject
 * @param alternativeNames further names it is for
 */
public record SigningRequest(
    byte[] subject,
    String commonName,
    List<String> organizations,
    PublicKey key,
    List<AlternativeName> alternativeNames,
    Proof proof) {
  private static final Pattern PEM =
      Pattern.compile(
          "\\s*-----BEGIN CERTIFICATE REQUEST-----\\s+([A-Za-z0-9+/=\\s]+)"
              + "-----END CERTIFICATE REQUEST-----\\s*");
  private static final int SEQUENCE = 0x30;
  private static final int ATTRIBUTES = 0xa0;
  private static final String COMMON_NAME = "2.5.4.3";
  private static final String ORGANIZATION = "2.5.4.10";
  private static final String EXTENSION_REQUEST = "1.2.840.113549.1.9.14";
  private static final String ALTERNATIVE_NAMES = "2.5.29.17";

  /** SHA-256, SHA-384 and SHA-512 with RSA and ECDSA, and Ed25519. */
  private static final Set<String> SIGNATURES =
      Set.of(
          "1.2.840.113549.1.1.11",
          "1.2.840.113549.1.1.12",
          "1.2.840.113549.1.1.13",
          "1.2.840.10045.4.3.2",
          "1.2.840.10045.4.3.3",
          "1.2.840.10045.4.3.4",
          "1.3.101.112");

  public SigningRequest {
    organizations = List.copyOf(organizations);
    alternativeNames = List.copyOf(alternativeNames);
  }

  /** What shows that who asks has the key. */
  record Proof(String algorithm, byte[] signed, byte[] signature) {}

  /**
   * @param pem one block {@code CERTIFICATE REQUEST}
   * @throws IllegalArgumentException it is none
   */
  public static SigningRequest parse(byte[] pem) {
    var block = PEM.matcher(new String(pem, StandardCharsets.US_ASCII));
    if (!block.matches()) {
      throw new IllegalArgumentException("PEM block type must be CERTIFICATE REQUEST");
    }
    var whole = DerValue.parse(Base64.getMimeDecoder().decode(block.group(1))).expect(SEQUENCE);
    var info = whole.part(0).expect(SEQUENCE);
    var subject = info.part(1).expect(SEQUENCE);
    return new SigningRequest(
        subject.encoded(),
        String.join("", texts(subject, COMMON_NAME)),
        texts(subject, ORGANIZATION),
        key(info.part(2)),
        alternativeNames(info),
        new Proof(whole.part(1).part(0).oid(), info.encoded(), bits(whole.part(2))));
  }

  /** Whether who asks has shown to have the key, in a way that counts. */
  public boolean isSignedByItsKey() {
    if (!SIGNATURES.contains(proof.algorithm())) {
      return false;
    }
    try {
      var verifier = Signature.getInstance(proof.algorithm());
      verifier.initVerify(key);
      verifier.update(proof.signed());
      return verifier.verify(proof.signature());
    } catch (GeneralSecurityException otherKey) {
      return false;
    }
  }

  private static PublicKey key(DerValue info) {
    try {
      return KeyFactory.getInstance(info.part(0).part(0).oid())
          .generatePublic(new X509EncodedKeySpec(info.encoded()));
    } catch (GeneralSecurityException unknown) {
      throw new IllegalArgumentException("x509: unknown public key", unknown);
    }
  }

  private static byte[] bits(DerValue value) {
    var content = value.expect(0x03).content();
    if (content.length == 0) {
      throw new IllegalArgumentException("asn1: empty bit string");
    }
    return java.util.Arrays.copyOfRange(content, 1, content.length);
  }

  private static List<String> texts(DerValue name, String attribute) {
    var found = new ArrayList<String>();
    for (var set : name.parts()) {
      for (var pair : set.parts()) {
        if (pair.part(0).oid().equals(attribute)) {
          found.add(text(pair.part(1)));
        }
      }
    }
    return found;
  }

  private static String text(DerValue value) {
    return switch (value.tag()) {
      case 0x0c -> new String(value.content(), StandardCharsets.UTF_8);
      case 0x1e -> new String(value.content(), StandardCharsets.UTF_16BE);
      case 0x13, 0x16, 0x14 -> new String(value.content(), StandardCharsets.ISO_8859_1);
      default -> throw new IllegalArgumentException("x509: no text: tag " + value.tag());
    };
  }

  private static List<AlternativeName> alternativeNames(DerValue info) {
    var names = new ArrayList<AlternativeName>();
    for (var part : info.parts()) {
      if (part.tag() == ATTRIBUTES) {
        for (var attribute : part.parts()) {
          if (attribute.part(0).oid().equals(EXTENSION_REQUEST)) {
            addNames(attribute.part(1).part(0), names);
          }
        }
      }
    }
    return names;
  }

  private static void addNames(DerValue extensions, List<AlternativeName> names) {
    for (var extension : extensions.parts()) {
      if (extension.part(0).oid().equals(ALTERNATIVE_NAMES)) {
        DerValue.parse(extension.parts().getLast().content())
            .parts()
            .forEach(name -> names.add(new AlternativeName(name.tag() & 0x1f, name.content())));
      }
    }
  }

  @Override
  public String toString() {
    return "signing request of " + commonName;
  }
}
