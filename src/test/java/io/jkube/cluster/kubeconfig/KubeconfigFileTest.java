package io.jkube.cluster.kubeconfig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

final class KubeconfigFileTest {
  /** What a person has: comments, quotes, unknown fields, timestamps, odd indentation. */
  private static final String PERSONS =
      """
      # my clusters
      apiVersion: v1
      kind: Config
      preferences: {colors: true}
      clusters:
      - cluster:
          server: https://prod.example.com
          insecure-skip-tls-verify: yes   # until Monday
        name: prod
      contexts:
      -   context: {cluster: prod, user: "me", namespace: 'web'}
          name: prod
      current-context: prod
      users:
      - name: me
        user:
          auth-provider:
            config:
              expiry: 2026-01-02T03:04:05Z
          token: "abc: def"
      x-unknown:
        kept: [1, 2]
      """;

  @TempDir Path folder;
  private Path path;
  private KubeconfigFile file;

  @BeforeEach
  void setUp() {
    path = folder.resolve("config");
    file = new KubeconfigFile(path);
  }

  @Test
  void makesAFileOfItsOwnWhereThereIsNone() throws Exception {
    path = folder.resolve("new/.kube/config");
    assertEquals("", new KubeconfigFile(path).merge(entry("jkube", 6443)));

    Map<String, Object> written = new Yaml().load(Files.readString(path));
    assertEquals("jkube", written.get("current-context"));
    assertEquals("v1", written.get("apiVersion"));
    assertEquals("Config", written.get("kind"));
    assertEquals("rw-------", mode());
  }

  @Test
  void everythingOfThePersonsStaysAsItWas() throws Exception {
    Files.writeString(path, PERSONS);
    assertEquals("prod", file.merge(entry("jkube", 6443)));

    var written = Files.readString(path);
    for (var kept :
        List.of(
            "# my clusters",
            "insecure-skip-tls-verify: yes",
            "# until Monday",
            "expiry: 2026-01-02T03:04:05Z",
            "token: \"abc: def\"",
            "namespace: 'web'",
            "kept: [1, 2]",
            "preferences: {colors: true}")) {
      assertTrue(written.contains(kept), kept + " in\n" + written);
    }
    Map<String, Object> tree = new Yaml().load(written);
    assertEquals("jkube", tree.get("current-context"));
    assertEquals(List.of("prod", "jkube"), names(tree, "clusters"));
    assertEquals(List.of("prod", "jkube"), names(tree, "contexts"));
    assertEquals(List.of("me", "jkube"), names(tree, "users"));
  }

  @Test
  void addingAndRemovingGivesBackWhatWasThere() throws Exception {
    Files.writeString(path, PERSONS);
    Map<String, Object> before = new Yaml().load(PERSONS);
    var previous = file.merge(entry("jkube", 6443));
    file.remove("jkube", previous);

    assertEquals(before, new Yaml().load(Files.readString(path)));
  }

  @Test
  void asecondMergeReplacesTheEntryAndKeepsItsNamespace() throws Exception {
    file.merge(entry("jkube", 6443));
    Files.writeString(
        path,
        Files.readString(path)
            .replace("    user: jkube\n", "    user: jkube\n    namespace: dev\n"));
    assertEquals("jkube", file.merge(entry("jkube", 7000)));

    var written = Files.readString(path);
    assertTrue(written.contains("server: https://127.0.0.1:7000"), written);
    assertFalse(written.contains("6443"), written);
    assertTrue(written.contains("namespace: dev"), written);
  }

  @Test
  void anEntryThatWeDidNotMakeIsNotTouched() throws Exception {
    Files.writeString(path, PERSONS);
    var refused = assertThrows(KubeconfigException.class, () -> file.merge(entry("prod", 6443)));
    assertTrue(refused.getMessage().contains("prod"), refused.getMessage());
    file.remove("prod", "");

    assertEquals(PERSONS, Files.readString(path));
  }

  @Test
  void aFileThatCannotBeReadIsNeverOverwritten() throws Exception {
    for (var broken : List.of("a: [1", "- a list", "just text", "a: b: c", "token: \"s3cret\n")) {
      Files.writeString(path, broken);
      var refused =
          assertThrows(KubeconfigException.class, () -> file.merge(entry("jkube", 6443)), broken);
      assertTrue(refused.getMessage().contains(path.toString()), refused.getMessage());
      assertFalse(refused.getMessage().contains("s3cret"), refused.getMessage());
      assertThrows(KubeconfigException.class, () -> file.remove("jkube", ""), broken);
      assertEquals(broken, Files.readString(path));
      assertFalse(Files.exists(folder.resolve("config.lock")));
    }
  }

  @Test
  void removingLeavesNoContextCurrentWhenThePreviousIsGone() throws Exception {
    file.merge(entry("jkube", 6443));
    file.remove("jkube", "gone");
    Map<String, Object> written = new Yaml().load(Files.readString(path));
    assertEquals("", written.get("current-context"));
    assertEquals(List.of(), written.get("users"));
  }

  @Test
  void removingDoesNotChangeWhatThePersonMadeCurrentSince() throws Exception {
    Files.writeString(path, PERSONS);
    file.merge(entry("jkube", 6443));
    Files.writeString(
        path, Files.readString(path).replace("current-context: jkube", "current-context: prod"));
    file.remove("jkube", "");
    Map<String, Object> written = new Yaml().load(Files.readString(path));
    assertEquals("prod", written.get("current-context"));
  }

  @Test
  void jsonIsTakenToo() throws Exception {
    Files.writeString(
        path, "{\"apiVersion\":\"v1\",\"kind\":\"Config\",\"clusters\":null,\"users\":[]}");
    file.merge(entry("jkube", 6443));
    Map<String, Object> written = new Yaml().load(Files.readString(path));
    assertEquals(List.of("jkube"), names(written, "clusters"));
    assertEquals(List.of("jkube"), names(written, "users"));
  }

  @Test
  void aLinkStaysALink() throws Exception {
    var target = folder.resolve("real");
    Files.writeString(target, PERSONS);
    Files.createSymbolicLink(path, target);
    file.merge(entry("jkube", 6443));
    assertTrue(Files.isSymbolicLink(path));
    assertTrue(Files.readString(target).contains("jkube"));
  }

  @Test
  void editsAtTheSameTimeAllHappen() throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<String>> edits =
          IntStream.range(0, 12)
              .<Callable<String>>mapToObj(
                  n -> () -> new KubeconfigFile(path).merge(entry("c" + n, 7000 + n)))
              .toList();
      for (var edit : executor.invokeAll(edits)) {
        edit.get();
      }
    }
    Map<String, Object> written = new Yaml().load(Files.readString(path));
    assertEquals(12, names(written, "contexts").size());
    assertEquals("rw-------", mode());
  }

  @Test
  void kubectlsLockIsRespected() throws Exception {
    Files.writeString(path, PERSONS);
    Files.createFile(folder.resolve("config.lock"));
    var refused = assertThrows(KubeconfigException.class, () -> file.merge(entry("jkube", 6443)));
    assertTrue(refused.getMessage().contains("config.lock"), refused.getMessage());
    assertEquals(PERSONS, Files.readString(path));
    assertTrue(Files.exists(folder.resolve("config.lock")));
  }

  @Test
  void theLockOfAJkubeThatWasKilledIsTakenOver() throws Exception {
    Files.writeString(folder.resolve("config.lock"), "jkube");
    file.merge(entry("jkube", 6443));
    assertFalse(Files.exists(folder.resolve("config.lock")));
  }

  @Test
  void theFirstFileOfTheEnvironmentIsMeant() {
    var several = File.pathSeparator + "/a/one" + File.pathSeparator + "/b/two";
    assertEquals(Path.of("/a/one"), KubeconfigFile.of(Map.of("KUBECONFIG", several)).path());
    assertEquals(
        Path.of("/home/me/.kube/config"),
        KubeconfigFile.of(Map.of("HOME", "/home/me", "KUBECONFIG", "")).path());
  }

  private static KubeconfigEntry entry(String name, int port) {
    return new KubeconfigEntry(
        name, "https://127.0.0.1:" + port, bytes("ca"), bytes("cert"), bytes("key"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @SuppressWarnings("unchecked")
  private static List<Object> names(Map<String, Object> tree, String list) {
    return ((List<Map<String, Object>>) tree.get(list))
        .stream().map(item -> item.get("name")).toList();
  }

  private String mode() throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
