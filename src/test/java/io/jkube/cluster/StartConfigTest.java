package io.jkube.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.cluster.folder.ServerRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StartConfigTest {
  @TempDir Path folder;

  @Test
  void settingsHaveTheNamesOfTheFlags() throws IOException {
    var settings =
        read(
            """
            # three nodes
            name: test
            port: 7000
            nodes: 3
            insecure-port: 8080
            runtime: fake
            install-docker: true
            wait: 1m30s
            """);
    assertEquals(
        new StartSettings(
            "test", 7000, 3, 8080, StartSettings.Runtime.FAKE, true, Duration.ofSeconds(90)),
        settings);
  }

  @Test
  void anEmptyFileChangesNothing() throws IOException {
    assertEquals(StartSettings.DEFAULT, read(""));
    assertEquals(StartSettings.DEFAULT, read("# nothing\n"));
  }

  @Test
  void whatIsWrongIsSaidWithItsLine() {
    Map<String, String> wrong =
        Map.of(
            "nodes: 2\nnode: 3\n", ":2: unknown setting \"node\"",
            "port: http\n", ":1: port must be a number, not \"http\"",
            "\n\nnodes: 0\n", ":3: nodes must be between 1 and 5000, not 0",
            "wait: soon\n", ":1: wait must be a duration",
            "runtime: podman\n", ":1: runtime must be docker or fake",
            "install-docker: maybe\n", ":1: install-docker must be true or false",
            "nodes: [1]\n", ":1: a setting has one value",
            "- nodes\n", ":1: not a mapping of settings",
            "nodes: 1\n  port: 2\n", ":2: ",
            "port: 70000\n", ":1: port must be between 0 and 65535");
    wrong.forEach(
        (text, message) -> {
          var refused = assertThrows(IllegalArgumentException.class, () -> read(text), text);
          assertTrue(refused.getMessage().contains(message), refused.getMessage());
        });
  }

  @Test
  void howManyNodesThereMayBeDependsOnTheRuntimeInWhicheverOrderTheyAreSaid() throws IOException {
    assertEquals(500, read("nodes: 500\nruntime: fake\n").checked().nodes());
    assertEquals(50, read("nodes: 50\n").checked().nodes());
    var many = read("nodes: 51\n");
    var refused = assertThrows(IllegalArgumentException.class, many::checked);
    assertEquals(
        "nodes must be at most 50 on one engine, not 51; --runtime fake takes up to 5000",
        refused.getMessage());
  }

  @Test
  void everyKeyIsKnown() {
    var values =
        Map.of(
            "name", "a",
            "runtime", "fake",
            "install-docker", "true",
            "wait", "5s",
            "service-cluster-ip-range", "10.99.0.0/16",
            "allowed-unsafe-sysctls", "kernel.msg*,net.core.somaxconn",
            "eviction-hard", "memory.available<1Mi",
            "eviction-pressure-transition-period", "1m",
            "image-gc-high-threshold", "96",
            "minimum-image-ttl-duration", "1m");
    for (var key : StartSettings.KEYS) {
      StartSettings.DEFAULT.with(key, values.getOrDefault(key, "1"));
    }
  }

  private StartSettings read(String text) throws IOException {
    var file = folder.resolve("cluster.yaml");
    Files.writeString(file, text);
    return StartConfig.read(file, StartSettings.DEFAULT);
  }

  @Test
  void anIssuerIsNamedByAFileOrByFlags() throws IOException {
    var flags = StartSettings.DEFAULT.with("oidc-issuer-url", "https://a.example").checked();
    assertEquals(Map.of("oidc-issuer-url", "https://a.example"), flags.oidc());
    var both = flags.with("oidc-groups-claim", "g").with("authentication-config", "/a.yaml");
    var refused = assertThrows(IllegalArgumentException.class, both::checked);
    assertEquals(
        "authentication-config file and oidc-* flags are mutually exclusive", refused.getMessage());
    assertEquals(Map.of(), both.with("oidc-issuer-url", "").checked().oidc());
  }

  @Test
  void filesOfTheLastStartHoldUntilTheyAreForgotten() {
    var last =
        new ServerRecord(
            0,
            Instant.EPOCH,
            Instant.EPOCH,
            "0.1.0",
            6443,
            0,
            1,
            "fake",
            Map.of("token-auth-file", "/t.csv", "audit-log-path", "/a.log"));
    var again = StartSettings.DEFAULT.asLast(last);
    assertEquals(Path.of("/t.csv"), again.file("token-auth-file").orElseThrow());
    assertEquals(
        Path.of("/other.csv"),
        again.with("token-auth-file", "/other.csv").file("token-auth-file").orElseThrow());
    var forgotten = again.with("token-auth-file", "");
    assertTrue(forgotten.file("token-auth-file").isEmpty());
    assertEquals(Path.of("/a.log"), forgotten.file("audit-log-path").orElseThrow());
  }
}
