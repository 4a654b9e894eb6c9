package io.jkube.cluster.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.cluster.StartSettings;
import io.jkube.cluster.folder.ClusterFolder;
import io.jkube.cluster.folder.PrivateFiles;
import io.jkube.cluster.folder.ServerRecord;
import io.jkube.store.Store;
import io.jkube.store.Versioned;
import io.jkube.store.embedded.EmbeddedStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of snapshots, and what becomes of them. */
final class SnapshotTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);

  @TempDir Path home;
  private ClusterFolder old;
  private Path file;

  @BeforeEach
  void aCluster() throws IOException {
    old = folder("old");
    file = home.resolve("a.snapshot");
    PrivateFiles.createFolder(old.keys());
    PrivateFiles.write(old.keys().resolve("ca.crt"), bytes("certificate"));
    PrivateFiles.write(old.keys().resolve("ca.key"), bytes("secret"));
    PrivateFiles.write(old.serviceRange(), bytes("10.97.0.0/16"));
    record(Map.of("audit-log-path", "/var/log/audit", "token-auth-file", "/etc/users")).write(old);
  }

  @Test
  void everyEntryComesBackWithItsRevisions() throws Exception {
    Versioned changed;
    Versioned last;
    long revision;
    try (var store = EmbeddedStore.open(old.state(), CLOCK)) {
      store.put("/registry/configmaps/a/gone", bytes("{}"), Store.ABSENT, null);
      var first = store.put("/registry/configmaps/a/x", bytes("{}"), Store.ABSENT, null);
      changed = store.put(first.key(), bytes("{\"a\":1}"), first.modRevision(), null);
      last = store.put("/registry/secrets/a/s", new byte[] {0, -1, 7}, Store.ABSENT, null);
      store.delete("/registry/configmaps/a/gone", Store.ANY);
      revision = store.revision();
      var saved = save(store);
      assertEquals(new SnapshotHeader("old", old.path(), NOW, "1.2", revision, 2), saved);
      assertEquals(saved, SnapshotFile.check(file));
    }
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));

    var fresh = folder("new");
    restore(fresh);
    assertEquals("secret", Files.readString(fresh.keys().resolve("ca.key")));
    assertEquals("10.97.0.0/16", Files.readString(fresh.serviceRange()));
    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh.path())));
    var start = ServerRecord.read(fresh).orElseThrow();
    assertEquals(6500, start.port());
    assertTrue(start.process().isEmpty());
    assertEquals(0, start.insecurePort(), "the old cluster may have it");
    assertEquals(Map.of("token-auth-file", "/etc/users"), start.options());
    try (var store = EmbeddedStore.open(fresh.state(), CLOCK)) {
      assertEquals(revision, store.revision());
      assertEquals(2, store.count(""));
      assertSame(changed, store.get(changed.key()).orElseThrow());
      assertSame(last, store.get(last.key()).orElseThrow());
      assertTrue(store.put("/registry/x", bytes("{}"), 0, null).modRevision() > revision);
    }
    try (var store = EmbeddedStore.open(fresh.state(), CLOCK)) {
      assertSame(changed, store.get(changed.key()).orElseThrow());
    }
  }

  @Test
  void itShowsOneRevisionWhileOthersWrite() throws Exception {
    try (var store = EmbeddedStore.open(old.state(), CLOCK)) {
      for (int i = 0; i < 1_500; i++) {
        store.put("/registry/a/%04d".formatted(i), bytes("{}"), Store.ABSENT, null);
      }
      inTurn(store);
      var done = new AtomicBoolean();
      var writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (!done.get()) {
                      inTurn(store);
                    }
                  });
      try {
        for (int i = 0; i < 20; i++) {
          save(store);
          var entries = entries();
          long ahead =
              entries.get("/registry/a/0000").modRevision()
                  - entries.get("/registry/a/1499").modRevision();
          assertEquals(1, Math.abs(ahead), "one was written behind the other");
        }
      } finally {
        done.set(true);
        writer.join();
      }
    }
  }

  /** Two keys that stand on different pages. */
  private static void inTurn(Store store) {
    store.put("/registry/a/0000", bytes("{}"), Store.ANY, null);
    store.put("/registry/a/1499", bytes("{}"), Store.ANY, null);
  }

  @Test
  void whatWasCutOrAlteredIsRefusedAndNothingIsMade() throws Exception {
    try (var store = EmbeddedStore.open(old.state(), CLOCK)) {
      store.put("/registry/configmaps/a/x", bytes("{}"), Store.ABSENT, null);
      save(store);
    }
    var whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertRefused();
    }
    for (int at = 0; at < whole.length; at += 5) {
      var altered = whole.clone();
      altered[at] ^= 4;
      Files.write(file, altered);
      assertRefused();
    }
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    assertRefused();
    Files.write(file, whole);
    restore(folder("new"));
  }

  private void assertRefused() throws IOException {
    assertThrows(SnapshotException.class, () -> restore(folder("new")));
    try (var left = Files.list(home)) {
      assertEquals(2, left.count(), "the old cluster and the file");
    }
  }

  @Test
  void anotherVersionIsNamed() throws Exception {
    Files.writeString(file, "jkube-snapshot 2\nwho knows what");
    var refused = assertThrows(SnapshotException.class, () -> restore(folder("new")));
    assertTrue(refused.getMessage().contains("has format 2, this jkube reads format 1"));
  }

  @Test
  void aClusterThatIsThereIsNotTouched() throws Exception {
    try (var store = EmbeddedStore.open(old.state(), CLOCK)) {
      save(store);
    }
    var refused = assertThrows(SnapshotException.class, () -> restore(old));
    assertTrue(refused.getMessage().contains("there is a cluster \"old\" already"));
    assertEquals("secret", Files.readString(old.keys().resolve("ca.key")));
  }

  @Test
  void onlyASnapshotIsReplaced() throws Exception {
    try (var store = EmbeddedStore.open(old.state(), CLOCK)) {
      save(store);
      save(store);
      Files.writeString(file, "a letter");
      assertThrows(SnapshotException.class, () -> save(store));
      assertEquals("a letter", Files.readString(file));
    }
  }

  @Test
  void nodesPodsAndVolumesGoWithTheName() throws Exception {
    try (var store = EmbeddedStore.open(old.state(), CLOCK)) {
      put(
          store,
          "minions/old",
          "{'metadata':{'name':'old','labels':{'kubernetes.io/hostname':'old'}}}");
      put(store, "minions/old-2", "{'metadata':{'name':'old-2'}}");
      put(store, "minions/older", "{'metadata':{'name':'older'}}");
      put(store, "leases/kube-node-lease/old", "{}");
      put(
          store,
          "pods/a/runs",
          "{'spec':{'nodeName':'old-2'},'status':{'phase':'Running','podIP':'10.244.0.7',"
              + "'qosClass':'Burstable'}}");
      put(store, "pods/a/over", "{'spec':{'nodeName':'old'},'status':{'phase':'Succeeded'}}");
      put(
          store,
          "persistentvolumes/v",
          "{'spec':{'local':{'path':'" + old.volumes().resolve("v") + "'}}}");
      put(store, "persistentvolumes/other", "{'spec':{'hostPath':{'path':'/data'}}}");
      save(store);
    }
    var fresh = folder("new");
    restore(fresh);
    try (var store = EmbeddedStore.open(fresh.state(), CLOCK)) {
      var node = object(store, "minions/new");
      assertEquals("new", node.at("/metadata/name").asText());
      assertEquals("new", node.at("/metadata/labels").path("kubernetes.io/hostname").asText());
      assertEquals("new-2", object(store, "minions/new-2").at("/metadata/name").asText());
      assertEquals("older", object(store, "minions/older").at("/metadata/name").asText());
      assertEquals(0, store.count("/registry/leases/"));
      assertEquals(
          Json.parse(
              bytes(
                  "{\"spec\":{\"nodeName\":\"new-2\"},"
                      + "\"status\":{\"phase\":\"Pending\",\"qosClass\":\"Burstable\"}}")),
          object(store, "pods/a/runs"));
      assertEquals("Succeeded", object(store, "pods/a/over").at("/status/phase").asText());
      var volume = fresh.volumes().resolve("v");
      assertEquals(
          volume.toString(), object(store, "persistentvolumes/v").at("/spec/local/path").asText());
      assertTrue(Files.isDirectory(volume));
      assertEquals(
          "/data", object(store, "persistentvolumes/other").at("/spec/hostPath/path").asText());
    }
  }

  @Test
  void noFolderIsMadeOutsideOfTheFolderOfVolumes() throws Exception {
    var fresh = folder("new");
    try (var store = EmbeddedStore.open(old.state(), CLOCK)) {
      volume(store, "up", old.volumes() + "/../../up");
      volume(store, "beside", old.volumes() + "/../beside");
      volume(store, "itself", old.volumes() + "/v/..");
      volume(store, "named", fresh.volumes() + "/../../named");
      volume(store, "within", old.volumes() + "/v/../within");
      save(store);
    }
    restore(fresh);
    for (var outside : List.of(home.resolve("up"), home.resolve("named"))) {
      assertFalse(Files.exists(outside), outside.toString());
    }
    assertFalse(Files.exists(fresh.path().resolve("beside")));
    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh.volumes())));
    try (var volumes = Files.list(fresh.volumes())) {
      assertEquals(List.of(fresh.volumes().resolve("within")), volumes.toList());
    }
    try (var store = EmbeddedStore.open(fresh.state(), CLOCK)) {
      assertEquals(
          old.volumes() + "/../../up",
          object(store, "persistentvolumes/up").at("/spec/local/path").asText(),
          "a path that leaves the old cluster's folder is none of its own");
    }
  }

  @Test
  void aHomeMayBeNamedTheLongWay() throws Exception {
    var home = Files.createDirectories(this.home.resolve("x")).resolve("..");
    var longWay = Map.of("JKUBE_HOME", home.toString());
    old = ClusterFolder.of("old", longWay);
    try (var store = EmbeddedStore.open(old.state(), CLOCK)) {
      volume(store, "v", old.volumes().resolve("v").toString());
      save(store);
    }
    var fresh = ClusterFolder.of("new", longWay);
    restore(fresh);
    var volume = fresh.volumes().resolve("v");
    assertTrue(Files.isDirectory(volume));
    try (var store = EmbeddedStore.open(fresh.state(), CLOCK)) {
      assertEquals(
          volume.toString(),
          object(store, "persistentvolumes/v").at("/spec/local/path").asText(),
          "as the provisioner names it");
    }
  }

  private static void volume(Store store, String name, String path) {
    put(store, "persistentvolumes/" + name, "{'spec':{'local':{'path':'" + path + "'}}}");
  }

  @Test
  void whatIsEncryptedAndNamesTheClusterIsRefused() throws Exception {
    try (var store = EmbeddedStore.open(old.state(), CLOCK)) {
      store.put("/registry/secrets/a/s", bytes("k8s:enc:aesgcm:v1:k:abc"), Store.ABSENT, null);
      save(store);
      restore(folder("secrets"));
      store.put("/registry/pods/a/p", bytes("k8s:enc:aesgcm:v1:k:abc"), Store.ABSENT, null);
      save(store);
    }
    var refused = assertThrows(SnapshotException.class, () -> restore(folder("new")));
    assertTrue(refused.getMessage().contains("/registry/pods/a/p is encrypted"));
    assertFalse(Files.exists(folder("new").path()));
  }

  private ClusterFolder folder(String name) {
    return ClusterFolder.of(name, Map.of("JKUBE_HOME", home.toString()));
  }

  private SnapshotHeader save(Store store) throws Exception {
    return SnapshotFile.save(file, old, store, NOW, "1.2");
  }

  private void restore(ClusterFolder target) throws Exception {
    new Restoration(target, StartSettings.DEFAULT, CLOCK).from(file);
  }

  private Map<String, Versioned> entries() throws Exception {
    var entries = new HashMap<String, Versioned>();
    try (var reader = SnapshotReader.open(file)) {
      reader.read(
          new SnapshotReader.Content() {
            @Override
            public void file(String name, byte[] content) {}

            @Override
            public void entry(Versioned entry) {
              entries.put(entry.key(), entry);
            }
          });
    }
    return entries;
  }

  private static ServerRecord record(Map<String, String> options) {
    return new ServerRecord(1, NOW, NOW, "1.2", 6500, 6501, 1, "fake", options);
  }

  private static void put(Store store, String key, String object) {
    store.put("/registry/" + key, bytes(object.replace('\'', '"')), Store.ABSENT, null);
  }

  private static ObjectNode object(Store store, String key) {
    return Json.parse(store.get("/registry/" + key).orElseThrow().value());
  }

  private static void assertSame(Versioned expected, Versioned found) {
    assertEquals(expected.key(), found.key());
    assertArrayEquals(expected.value(), found.value());
    assertEquals(expected.createRevision(), found.createRevision());
    assertEquals(expected.modRevision(), found.modRevision());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
