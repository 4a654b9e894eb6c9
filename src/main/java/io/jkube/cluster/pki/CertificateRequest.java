package io.jkube.cluster.pki;

import io.jkube.api.x509.AlternativeName;
import io.jkube.api.x509.CertificateContent;
import io.jkube.api.x509.CertificateContent.Purpose;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What a certificate shall say.
 *
 * @param commonName the user's or server's name
 * @param organization the group of a user; empty for none
 * @param alternativeNames DNS names and literal IP addresses a server answers to
 */
record CertificateRequest(
    String commonName,
    String organization,
    Usage usage,
    List<String> alternativeNames,
    Duration validity) {
  /** Clocks of clients on other machines may be a little behind. */
  private static final Duration BACKDATED = Duration.ofMinutes(5);

  CertificateRequest {
    Objects.requireNonNull(commonName, "commonName");
    Objects.requireNonNull(organization, "organization");
    Objects.requireNonNull(usage, "usage");
    Objects.requireNonNull(validity, "validity");
    alternativeNames = List.copyOf(alternativeNames);
    if (commonName.isEmpty()) {
      throw new IllegalArgumentException("a certificate needs a common name");
    }
  }

  /** The same for a key, valid from now on. */
  CertificateContent content(PublicKey key, Instant now) {
    return new CertificateContent(
        CertificateContent.name(organization, commonName),
        key,
        usage == Usage.AUTHORITY,
        usages(),
        purposes(),
        alternativeNames.stream().map(AlternativeName::of).toList(),
        now.minus(BACKDATED),
        now.plus(validity));
  }

  private Set<CertificateContent.Usage> usages() {
    return switch (usage) {
      case AUTHORITY -> Set.of(CertificateContent.Usage.values());
      case SERVER, CLIENT ->
          Set.of(
              CertificateContent.Usage.DIGITAL_SIGNATURE,
              CertificateContent.Usage.KEY_ENCIPHERMENT);
    };
  }

  private Set<Purpose> purposes() {
    return switch (usage) {
      case AUTHORITY -> Set.of();
      case SERVER -> Set.of(Purpose.SERVER);
      case CLIENT -> Set.of(Purpose.CLIENT);
    };
  }

  /** What the key may be used for. */
  enum Usage {
    AUTHORITY,
    SERVER,
    CLIENT
  }
}
