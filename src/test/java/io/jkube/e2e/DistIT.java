package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.Json;
import io.jkube.testing.Outcome;
import io.jkube.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tarball that {@code bin/dist} made (bin/verify calls it), unpacked in a folder with a blank
 * in its name and used with an environment that knows no Java and hardly a tool.
 */
@TestMethodOrder(OrderAnnotation.class)
final class DistIT {
  /** What bin/jkube of a distribution calls besides /bin/sh and its own commands. */
  private static final List<String> TOOLS = List.of("setsid", "readlink");

  @TempDir static Path folder;

  private static Path home;
  private static Map<String, String> environment;

  @BeforeAll
  static void unpack() throws Exception {
    var place = Files.createDirectories(folder.resolve("a place"));
    var tar = List.of("tar", "-xzf", tarball().toString(), "-C", place.toString());
    assertEquals(0, new ProcessBuilder(tar).inheritIO().start().waitFor());
    try (var unpacked = Files.list(place)) {
      home = unpacked.findFirst().orElseThrow();
    }
    assertArrayEquals(
        Files.readAllBytes(Path.of("target/jkube.jar")),
        Files.readAllBytes(home.resolve("app/jkube.jar")),
        "the tarball is of other sources: bin/dist makes it anew");
    environment =
        Map.of(
            "PATH", tools().toString(),
            "HOME", folder.toString(),
            "KUBECONFIG", folder.resolve("kubeconfig").toString());
  }

  @AfterAll
  static void delete() throws Exception {
    if (Files.isDirectory(folder.resolve(".jkube/jkube"))) {
      jkube("delete").expectSuccess();
    }
  }

  private static Path tarball() throws IOException {
    var dist = Path.of("target/dist");
    assertTrue(Files.isDirectory(dist), "no tarball in target/dist: bin/dist makes it");
    try (var files = Files.list(dist)) {
      return files.filter(file -> file.toString().endsWith(".tar.gz")).findFirst().orElseThrow();
    }
  }

  private static Path tools() throws IOException {
    var path = Files.createDirectory(folder.resolve("tools"));
    for (var tool : TOOLS) {
      var found =
          List.of("/bin", "/usr/bin").stream()
              .map(bin -> Path.of(bin, tool))
              .filter(Files::isExecutable)
              .findFirst()
              .orElseThrow();
      var script = path.resolve(tool);
      Files.writeString(script, "#!/bin/sh\nexec " + found + " \"$@\"\n");
      assertTrue(script.toFile().setExecutable(true));
    }
    return path;
  }

  @Test
  @Order(1)
  void holdsWhatAPersonNeeds() {
    for (var file :
        List.of("LICENSE", "README.md", "completions/jkube.bash", "completions/_jkube")) {
      assertTrue(Files.isRegularFile(home.resolve(file)), file);
    }
  }

  @Test
  @Order(2)
  void cachesFitTheRuntimeInAnyFolder() throws Exception {
    for (var kind : List.of("server", "client")) {
      var java = home.resolve("runtime/bin/java").toString();
      var flags = "@" + home.resolve("bin/" + kind + ".jvm");
      var cache = "-XX:AOTCache=" + home.resolve("app/" + kind + ".aot");
      var path =
          kind.equals("server")
              ? List.of("-jar", home.resolve("app/jkube.jar").toString())
              : List.of(
                  "-cp",
                  home.resolve("app/jkube-client.jar").toString(),
                  "io.jkube.cli.client.Client");
      // With AOTMode=on a cache that does not fit is an error, not a slower start.
      var command = new ArrayList<>(List.of(java, flags, "-XX:AOTMode=on", cache));
      command.addAll(path);
      command.add("version");
      var outcome = run(command);
      assertEquals(1, outcome.exitCode(), outcome::toString);
      assertTrue(outcome.stderr().contains("is not running"), outcome::toString);
    }
  }

  @Test
  @Order(3)
  void startsAClusterWithoutAnyJavaOfTheMachine() throws Exception {
    assertTrue(jkube("help").expectSuccess().contains("Commands:"));
    var settings = Files.writeString(folder.resolve("settings.yaml"), "runtime: fake\nport: 0\n");
    jkube("start", "--config", settings.toString()).expectSuccess();
    var status = Json.MAPPER.readTree(jkube("status", "-o", "json").expectSuccess());
    var process = Path.of("/proc", status.at("/pid").asText());
    assertEquals(
        home.toRealPath().resolve("runtime/bin/java"), process.resolve("exe").toRealPath());
    var foreign =
        Files.readAllLines(process.resolve("maps")).stream()
            .filter(line -> line.contains("jvm") && !line.contains(home.toString()))
            .toList();
    assertEquals(List.of(), foreign);
  }

  @Test
  @Order(4)
  void commandsWork() throws Exception {
    assertTrue(jkube("version").expectSuccess().contains("Server Version: v1.35.0+jkube."));
    assertTrue(jkube("get", "nodes", "--no-headers").expectSuccess().startsWith("jkube "));
    var manifest = folder.resolve("map.yaml");
    Files.writeString(manifest, "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n");
    assertEquals(
        "configmap/a created\n", jkube("create", "-f", manifest.toString()).expectSuccess());
    assertEquals("a\n", tab("get", "cm", "a").expectSuccess());
  }

  @Test
  @Order(5)
  void stopsAndDeletes() throws Exception {
    jkube("stop").expectSuccess();
    assertEquals(1, jkube("get", "nodes").exitCode());
    jkube("delete").expectSuccess();
    try (var left = Files.list(folder.resolve(".jkube"))) {
      assertEquals("", left.map(Path::toString).collect(Collectors.joining(" ")));
    }
  }

  /** What the bash script of the distribution offers at the end of this line. */
  private static Outcome tab(String... words) throws Exception {
    var session =
        """
        source '%s'
        COMP_WORDS=(jkube "$@") COMP_CWORD=$#
        _jkube '%s'
        echo "${COMPREPLY[*]}"
        """
            .formatted(home.resolve("completions/jkube.bash"), home.resolve("bin/jkube"));
    var command = new ArrayList<>(List.of("/bin/bash", "--norc", "-c", session, "bash"));
    command.addAll(List.of(words));
    return run(command);
  }

  private static Outcome jkube(String... words) throws Exception {
    var command = new ArrayList<>(List.of(home.resolve("bin/jkube").toString()));
    command.addAll(List.of(words));
    return run(command);
  }

  private static Outcome run(List<String> command) throws Exception {
    return Shell.run(folder, environment, command);
  }
}
