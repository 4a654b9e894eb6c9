package io.jkube.cluster;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class AuthenticationFileTest {
  @TempDir Path folder;

  private static String text(String anonymous) {
    return "{apiVersion: apiserver.config.k8s.io/v1, kind: AuthenticationConfiguration, anonymous: "
        + anonymous
        + "}";
  }

  @Test
  void aChangeHoldsAndAWrongOneDoesNot() throws Exception {
    var file = Files.writeString(folder.resolve("config.yaml"), text("{enabled: false}"));
    try (var read = AuthenticationFile.of(file, InstantSource.system(), Files.readString(file))) {
      assertFalse(read.anonymous().hears("/livez", true));
      Files.writeString(file, text("{enabled: true, conditions: [{path: /livez}]}"));
      Await.until(() -> read.anonymous().hears("/livez", true));
      Files.writeString(file, text("{enabled: 1, wrong: true}"));
      Files.writeString(file, text("{enabled: true, conditions: [{path: /readyz}]}"));
      Await.until(() -> read.anonymous().hears("/readyz", true));
      assertFalse(read.anonymous().hears("/livez", true));
      assertTrue(read.authenticate("x.y.z", java.util.List.of("a")).isEmpty());
    }
  }

  @Test
  void aFileThatIsWrongAtFirstIsNoStart() {
    assertThrows(
        IllegalArgumentException.class,
        () -> AuthenticationFile.of(folder, InstantSource.system(), "kind: Pod"));
  }
}
