package io.jkube.kubelet.image;

import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.testing.Hostile;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Pull secrets and names of images, as pods bring them. */
final class HostileCredentialsTest {
  private static final ImageName IMAGE = ImageName.parse("a.example.com:5000/team/web");

  private final Hostile hostile = new Hostile(5000);

  @Test
  void auths() {
    hostile.bytes(
        """
        {"https://*.example.com:5000/v2/":{"auth":"YTpi"},"a.example.com:5000/team/":{
        "username":"u","password":"p"},"index.docker.io":{"identitytoken":"t"}}
        """
            .getBytes(StandardCharsets.UTF_8),
        bytes -> RegistryAuths.of(Json.parse(bytes)).matching(IMAGE),
        ApiException.class);
  }

  @Test
  void images() {
    hostile.text(
        "a.example.com:5000/team/web-app_1:v1.2@sha256:" + "0123456789abcdef".repeat(4),
        ImageName::parse,
        IllegalArgumentException.class);
  }
}
