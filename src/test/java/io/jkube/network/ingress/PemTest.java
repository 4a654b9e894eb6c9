package io.jkube.network.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import org.junit.jupiter.api.Test;

final class PemTest {
  @Test
  void readsKeysAsOpensslWritesThem() throws Exception {
    assertEquals("RSA", Pem.identity(file("rsa.crt"), file("rsa.key")).key().getAlgorithm());
    assertEquals("EC", Pem.identity(file("curve.crt"), file("curve.key")).key().getAlgorithm());
  }

  @Test
  void readsKeysAsPkcs8() throws Exception {
    for (var name : new String[] {"rsa", "curve"}) {
      var key = Pem.identity(file(name + ".crt"), file(name + ".key")).key();
      var text = Base64.getMimeEncoder().encodeToString(key.getEncoded());
      var pem = "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n";
      var again = Pem.identity(file(name + ".crt"), pem.getBytes(StandardCharsets.US_ASCII));
      assertEquals(key, again.key());
    }
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() {
    var failure =
        assertThrows(
            GeneralSecurityException.class, () -> Pem.identity(file("rsa.crt"), file("curve.key")));
    assertTrue(failure.getMessage().contains("does not belong"), failure.getMessage());
    assertThrows(
        GeneralSecurityException.class, () -> Pem.identity(file("rsa.crt"), file("rsa.crt")));
    assertThrows(GeneralSecurityException.class, () -> Pem.identity(new byte[0], file("rsa.key")));
  }

  static byte[] file(String name) throws IOException {
    try (var in = PemTest.class.getResourceAsStream("/ingress/" + name)) {
      return in.readAllBytes();
    }
  }
}
