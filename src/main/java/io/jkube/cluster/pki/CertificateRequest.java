package io.jkube.cluster.pki;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

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

  /** What the key may be used for. */
  enum Usage {
    AUTHORITY,
    SERVER,
    CLIENT
  }
}
