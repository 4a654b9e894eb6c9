package io.jkube.store.embedded;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jkube.store.Store;
import io.jkube.store.StoreException;
import io.jkube.store.Versioned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file system of 4 MiB that runs full. Needs root, for the mount. */
@Timeout(120)
class EmbeddedStoreDiskFullIT {
  @TempDir Path folder;
  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root may mount");
    disk = Files.createDirectory(folder.resolve("disk"));
    run("mount", "-t", "tmpfs", "-o", "size=4m", "jkube-test", disk.toString());
  }

  @AfterEach
  void unmount() throws Exception {
    if (disk != null) {
      run("umount", disk.toString());
    }
  }

  @Test
  void writesFailReadsGoOnNothingIsLostAndItRecoversByItself() throws Exception {
    var state = disk.resolve("state");
    var ballast = disk.resolve("ballast");
    Files.write(ballast, new byte[2 << 20]);
    var acknowledged = new HashMap<String, Versioned>();
    try (var store = EmbeddedStore.open(state, InstantSource.system());
        var watch = store.watch("/", 1)) {
      var full = fill(store, acknowledged);
      assertTrue(full.getMessage().contains("No space left on device"), full.getMessage());
      assertTrue(full.getMessage().contains(state.toString()), full.getMessage());
      assertTrue(acknowledged.size() > 10, "wrote only " + acknowledged.size());
      checkAll(store, acknowledged);
      assertEquals(acknowledged.size() + 1, store.revision());
      assertThrows(
          StoreException.Unavailable.class,
          () -> store.put("/still/full", new byte[1 << 20], Store.ABSENT, null));

      Files.delete(ballast);
      var later = putOnceThereIsRoom(store);
      acknowledged.put(later.key(), later);
      checkAll(store, acknowledged);

      long told = 1;
      while (told < later.modRevision()) {
        for (var event : watch.next()) {
          assertEquals(told + 1, event.revision(), "no gap, no repeat");
          told = event.revision();
        }
      }
    }
    try (var store = EmbeddedStore.open(state, InstantSource.system())) {
      checkAll(store, acknowledged);
    }
  }

  @Test
  void opensOnAFullDisk() throws Exception {
    var state = disk.resolve("state");
    var acknowledged = new HashMap<String, Versioned>();
    try (var store = EmbeddedStore.open(state, InstantSource.system())) {
      fill(store, acknowledged);
    }
    try (var store = EmbeddedStore.open(state, InstantSource.system())) {
      checkAll(store, acknowledged);
    }
  }

  private static StoreException.Unavailable fill(Store store, Map<String, Versioned> acknowledged) {
    return assertThrows(
        StoreException.Unavailable.class,
        () -> {
          for (int i = 0; ; i++) {
            var put = store.put("/fill/" + i, new byte[16_000], Store.ABSENT, null);
            acknowledged.put(put.key(), put);
          }
        });
  }

  private static Versioned putOnceThereIsRoom(Store store) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (true) {
      try {
        return store.put("/later", new byte[100_000], Store.ANY, null);
      } catch (StoreException.Unavailable notYet) {
        assertTrue(System.nanoTime() < deadline, notYet.getMessage());
        Thread.onSpinWait();
      }
    }
  }

  private static void checkAll(Store store, Map<String, Versioned> acknowledged) {
    for (var expected : acknowledged.values()) {
      var found = store.get(expected.key()).orElseThrow();
      assertEquals(expected.modRevision(), found.modRevision());
      assertArrayEquals(expected.value(), found.value());
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor(), command[0]);
  }
}
