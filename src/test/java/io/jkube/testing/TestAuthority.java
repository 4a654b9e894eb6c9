package io.jkube.testing;

import io.jkube.api.x509.CertificateAuthority;
import io.jkube.api.x509.CertificateContent;
import io.jkube.api.x509.CertificateContent.Usage;
import io.jkube.api.x509.CertificateWriter;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** One authority for all tests: its key takes long to find. Valid from 2020 to 2060. */
public final class TestAuthority {
  public static final CertificateAuthority AUTHORITY = make();

  private TestAuthority() {}

  private static CertificateAuthority make() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      var keys = generator.generateKeyPair();
      var begin = Instant.parse("2020-01-01T00:00:00Z");
      var content =
          new CertificateContent(
              CertificateContent.name("", "test"),
              keys.getPublic(),
              true,
              Set.of(Usage.values()),
              Set.of(),
              List.of(),
              begin,
              begin.plus(Duration.ofDays(40 * 365)));
      var certificate = new CertificateWriter().selfSigned(content, keys.getPrivate());
      return new CertificateAuthority(certificate, keys.getPrivate());
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
