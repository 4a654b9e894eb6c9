package io.jkube.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where the client looks for the server: where the server, told the same, listens. */
final class ClientTest {
  @Test
  void socketLiesInTheHomeOfTheEnvironment() {
    assertEquals(
        Path.of("/home/ada/.jkube/dev"),
        Client.folder("dev", Map.of("HOME", "/home/ada", "JKUBE_HOME", "")));
    assertEquals(
        Path.of("/clusters/dev"),
        Client.folder("dev", Map.of("HOME", "/home/ada", "JKUBE_HOME", "/clusters")));
  }
}
