package io.jkube.cluster.pki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyFolderTest {
  private static final List<String> NAMES = List.of("localhost", "kubernetes", "127.0.0.1");
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  @TempDir Path folder;

  @Test
  void certificatesAreWhatTheJdkAndOpensslCallValid() throws Exception {
    var keys = load(NOW);

    validate(keys.server().certificate(), keys.authority().certificate());
    validate(keys.administrator().certificate(), keys.authority().certificate());
    assertEquals(
        "apiserver.crt: OK",
        openssl(
            "verify",
            "-x509_strict",
            "-purpose",
            "sslserver",
            "-CAfile",
            "ca.crt",
            "apiserver.crt"));
    assertEquals(
        "admin.crt: OK",
        openssl(
            "verify", "-x509_strict", "-purpose", "sslclient", "-CAfile", "ca.crt", "admin.crt"));
    assertEquals("RSA key ok", openssl("rsa", "-check", "-noout", "-in", "admin.key"));
  }

  @Test
  void aCertificateServesOnlyItsPurpose() throws Exception {
    load(NOW);
    assertTrue(
        openssl("verify", "-purpose", "sslclient", "-CAfile", "ca.crt", "apiserver.crt")
            .contains("unsuitable certificate purpose"));
    assertTrue(
        openssl("verify", "-purpose", "sslserver", "-CAfile", "ca.crt", "admin.crt")
            .contains("unsuitable certificate purpose"));
  }

  @Test
  void namesAreThoseThatKubernetesExpects() throws Exception {
    var keys = load(NOW);
    assertEquals(
        "O=system:masters,CN=kubernetes-admin",
        reversed(keys.administrator().certificate().getSubjectX500Principal().getName()));
    assertEquals(
        Set.of("localhost", "kubernetes", "127.0.0.1"),
        keys.server().certificate().getSubjectAlternativeNames().stream()
            .map(name -> name.get(1))
            .collect(Collectors.toSet()));
  }

  @Test
  void keysAreMadeOnceAndForTheirOwnerOnly() throws Exception {
    var first = load(NOW);
    var second = load(NOW.plus(Duration.ofDays(100)));

    assertEquals(first.server(), second.server());
    assertEquals(first.administratorToken(), second.administratorToken());
    assertEquals("rwx------", mode(folder.resolve("pki")));
    try (var files = Files.list(folder.resolve("pki"))) {
      for (var file : files.toList()) {
        assertEquals("rw-------", mode(file), file.toString());
      }
    }
  }

  @Test
  void leavesAreRenewedBeforeTheyExpireAndTheAuthorityStays() throws Exception {
    var first = load(NOW);
    var later = NOW.plus(KeyFolder.LEAF_VALIDITY).minus(Duration.ofDays(29));
    var renewed = load(later);

    assertEquals(first.authority(), renewed.authority());
    assertNotEquals(first.server(), renewed.server());
    assertNotEquals(first.administrator(), renewed.administrator());
    assertTrue(
        renewed
            .server()
            .certificate()
            .getNotAfter()
            .toInstant()
            .isAfter(later.plus(Duration.ofDays(364))));
  }

  @Test
  void aNewAuthorityMeansNewLeaves() throws Exception {
    var first = load(NOW);
    var renewed = load(NOW.plus(KeyFolder.AUTHORITY_VALIDITY).minus(Duration.ofDays(1)));

    assertNotEquals(first.authority(), renewed.authority());
    renewed.server().certificate().verify(renewed.authority().certificate().getPublicKey());
    renewed.administrator().certificate().verify(renewed.authority().certificate().getPublicKey());
  }

  @Test
  void anotherNameOfTheServerMeansAnotherCertificate() throws Exception {
    var first = load(NOW);
    var second =
        new KeyFolder(folder.resolve("pki"), InstantSource.fixed(NOW))
            .load(List.of("localhost", "elsewhere"));

    assertNotEquals(first.server(), second.server());
    assertEquals(first.administrator(), second.administrator());
  }

  @Test
  void whatACrashLeftHalfDoneIsMadeAnew() throws Exception {
    var first = load(NOW);
    Files.copy(
        folder.resolve("pki/admin.key"),
        folder.resolve("pki/apiserver.key"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(folder.resolve("pki/admin.crt"), "-----BEGIN CERTIFICATE-----\nAAA");
    var second = load(NOW);

    assertNotEquals(first.server(), second.server());
    assertNotEquals(first.administrator(), second.administrator());
    validate(second.server().certificate(), second.authority().certificate());
  }

  @Test
  void anotherAuthoritysCertificateIsNotTaken() throws Exception {
    load(NOW);
    var other = new KeyFolder(folder.resolve("other"), InstantSource.fixed(NOW)).load(NAMES);
    for (var file : List.of("ca.crt", "ca.key")) {
      Files.copy(
          folder.resolve("other").resolve(file),
          folder.resolve("pki").resolve(file),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
    var renewed = load(NOW);
    assertEquals(other.authority(), renewed.authority());
    renewed.server().certificate().verify(other.authority().certificate().getPublicKey());
  }

  @Test
  void existingMakesNothing() {
    var keys = new KeyFolder(folder.resolve("none"), InstantSource.fixed(NOW));
    assertThrows(NoSuchFileException.class, keys::existing);
    assertFalse(Files.exists(folder.resolve("none")));
  }

  @Test
  void nothingPrintedHoldsASecret() throws Exception {
    var keys = load(NOW);
    var printed = keys + " " + keys.administrator();
    assertFalse(printed.contains(keys.administratorToken()));
    assertFalse(printed.contains("modulus"));
  }

  private ClusterKeys load(Instant now) throws IOException, InterruptedException {
    return new KeyFolder(folder.resolve("pki"), InstantSource.fixed(now)).load(NAMES);
  }

  private static void validate(X509Certificate certificate, X509Certificate authority)
      throws Exception {
    var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate));
    var parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(NOW));
    try {
      CertPathValidator.getInstance("PKIX").validate(path, parameters);
    } catch (CertPathValidatorException invalid) {
      throw new AssertionError(certificate.getSubjectX500Principal() + ": " + invalid, invalid);
    }
  }

  private String openssl(String... arguments) throws IOException, InterruptedException {
    var command = new java.util.ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    var process =
        new ProcessBuilder(command)
            .directory(folder.resolve("pki").toFile())
            .redirectErrorStream(true)
            .start();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text.strip();
  }

  private static String reversed(String name) {
    return List.of(name.split(",")).reversed().stream().collect(Collectors.joining(","));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
