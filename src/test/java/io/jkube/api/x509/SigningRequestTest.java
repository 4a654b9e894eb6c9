package io.jkube.api.x509;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.testing.OpensslRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SigningRequestTest {
  @TempDir Path folder;

  @Test
  void readsWhatOpensslWrites() {
    var request =
        SigningRequest.parse(
            OpensslRequest.of(
                    folder,
                    "/O=devs/O=Größe/CN=jane",
                    "-utf8",
                    "-addext",
                    "subjectAltName=DNS:a.example,IP:10.0.0.7,email:j@example.com,URI:spiffe://x")
                .pem());
    assertEquals("jane", request.commonName());
    assertEquals(List.of("devs", "Größe"), request.organizations());
    assertEquals(
        List.of(
            AlternativeName.DNS,
            AlternativeName.ADDRESS,
            AlternativeName.EMAIL,
            AlternativeName.URI),
        request.alternativeNames().stream().map(AlternativeName::kind).toList());
    assertArrayEquals(new byte[] {10, 0, 0, 7}, request.alternativeNames().get(1).content());
    assertTrue(request.isSignedByItsKey());
  }

  @Test
  void aSignatureOfAnotherKeyProvesNothing() {
    var one = SigningRequest.parse(OpensslRequest.of(folder, "/CN=one").pem());
    var two = SigningRequest.parse(OpensslRequest.of(folder, "/CN=two").pem());
    var mixed =
        new SigningRequest(one.subject(), "one", List.of(), two.key(), List.of(), one.proof());
    assertFalse(mixed.isSignedByItsKey());
  }

  @Test
  void aBrokenRequestIsRefusedAndNothingElse() {
    var pem = new String(OpensslRequest.of(folder, "/O=o/CN=c").pem(), StandardCharsets.US_ASCII);
    var der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    for (int length = 0; length < der.length; length++) {
      var cut = Pem.encode("CERTIFICATE REQUEST", Arrays.copyOf(der, length));
      assertThrows(IllegalArgumentException.class, () -> SigningRequest.parse(cut));
    }
    var random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      var bent = der.clone();
      bent[random.nextInt(bent.length)] = (byte) random.nextInt();
      try {
        SigningRequest.parse(Pem.encode("CERTIFICATE REQUEST", bent)).isSignedByItsKey();
      } catch (IllegalArgumentException refused) {
        assertFalse(refused.getMessage().isEmpty());
      }
    }
    var other = pem.replace("CERTIFICATE REQUEST", "CERTIFICATE").getBytes();
    assertThrows(IllegalArgumentException.class, () -> SigningRequest.parse(other));
  }
}
