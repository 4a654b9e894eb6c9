package io.jkube.api.x509;

import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What a certificate shall say.
 *
 * @param subject the user's or server's name, encoded
 * @param key the subject's
 * @param authority whether the subject may sign others
 * @param usages what the key may be used for
 * @param purposes what the certificate may be shown for; empty for everything
 */
public record CertificateContent(
    byte[] subject,
    PublicKey key,
    boolean authority,
    Set<Usage> usages,
    Set<Purpose> purposes,
    List<AlternativeName> alternativeNames,
    Instant from,
    Instant until) {
  public CertificateContent {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(key, "key");
    usages = Set.copyOf(usages);
    purposes = Set.copyOf(purposes);
    alternativeNames = List.copyOf(alternativeNames);
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException("a certificate needs time to be valid in");
    }
  }

  /** RFC 5280, 4.2.1.3, with the number of its bit. */
  public enum Usage {
    DIGITAL_SIGNATURE(0),
    KEY_ENCIPHERMENT(2),
    CERTIFICATE_SIGNING(5);

    private final int bit;

    Usage(int bit) {
      this.bit = bit;
    }

    int bit() {
      return bit;
    }
  }

  /** RFC 5280, 4.2.1.12. */
  public enum Purpose {
    SERVER("1.3.6.1.5.5.7.3.1"),
    CLIENT("1.3.6.1.5.5.7.3.2");

    private final String oid;

    Purpose(String oid) {
      this.oid = oid;
    }

    String oid() {
      return oid;
    }
  }

  /** A name of an organisation, unless that is empty, and of one of its members. */
  public static byte[] name(String organization, String commonName) {
    var common = Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.utf8(commonName)));
    return organization.isEmpty()
        ? Der.sequence(common)
        : Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.10"), Der.utf8(organization))), common);
  }
}
