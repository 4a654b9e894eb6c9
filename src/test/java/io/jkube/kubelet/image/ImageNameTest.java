package io.jkube.kubelet.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.kubelet.runtime.ContainerRuntime.RegistryCredentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of images, and whose credentials open them. */
final class ImageNameTest {
  private static final String DIGEST =
      "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  @ParameterizedTest
  @CsvSource({
    "busybox, docker.io, library/busybox, busybox:latest",
    "busybox:1.36, docker.io, library/busybox, busybox:1.36",
    "me/app, docker.io, me/app, me/app:latest",
    "localhost:5000/a/b:c, localhost:5000, a/b, localhost:5000/a/b:c",
    "registry.k8s.io/pause, registry.k8s.io, pause, registry.k8s.io/pause:latest"
  })
  void isParsed(String image, String registry, String repository, String reference) {
    assertEquals(new ImageName(registry, repository, reference), ImageName.parse(image));
  }

  @Test
  void aDigestIsExactEnough() {
    assertEquals("a@" + DIGEST, ImageName.parse("a@" + DIGEST).reference());
    assertEquals("library/a", ImageName.parse("a:1@" + DIGEST).repository());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "UPPER", "a:", "a@sha256:12", "a b", "-a", "a//b", "x/:1"})
  void isRefused(String image) {
    assertThrows(IllegalArgumentException.class, () -> ImageName.parse(image));
  }

  private static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> users(RegistryAuths auths, String image) {
    return auths.matching(ImageName.parse(image)).stream()
        .map(RegistryCredentials::username)
        .toList();
  }

  @Test
  void credentialsOpenTheirRegistryAndPath() {
    var encoded = Base64.getEncoder().encodeToString("hub:p:w".getBytes(StandardCharsets.UTF_8));
    var auths =
        RegistryAuths.of(
            json(
                "{'https://index.docker.io/v1/':{'auth':'"
                    + encoded
                    + "'},'reg.io':{'username':'all','password':'x'},"
                    + "'reg.io/team':{'username':'team','password':'x'},"
                    + "'*.example.com':{'username':'star','password':'x'}}"));
    assertEquals(List.of("hub"), users(auths, "busybox"));
    assertEquals("p:w", auths.matching(ImageName.parse("busybox")).getFirst().password());
    assertEquals(List.of("team", "all"), users(auths, "reg.io/team/app"));
    assertEquals(List.of("all"), users(auths, "reg.io/teamwork/app"));
    assertEquals(List.of("star"), users(auths, "a.example.com/app"));
    assertEquals(List.of(), users(auths, "a.b.example.com/app"));
    assertFalse(auths.matching(ImageName.parse("busybox")).toString().contains("p:w"));
  }

  @Test
  void dockersOwnLoginsCount(@TempDir Path folder) throws IOException {
    var file = folder.resolve("config.json");
    var config = new DockerConfigFile(file);
    assertEquals(List.of(), config.matching(ImageName.parse("reg.io/app")));
    Files.writeString(file, "{\"auths\":{\"reg.io\":{\"username\":\"me\",\"password\":\"x\"}}}");
    assertEquals("me", config.matching(ImageName.parse("reg.io/app")).getFirst().username());
    Files.writeString(file, "not json");
    assertEquals(List.of(), config.matching(ImageName.parse("reg.io/app")));
  }
}
