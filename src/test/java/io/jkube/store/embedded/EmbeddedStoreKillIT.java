package io.jkube.store.embedded;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real process that writes through several threads is killed, twenty times, on one folder. */
class EmbeddedStoreKillIT {
  private static final int KILLS = 20;

  private static final int TYPICAL_LINE_BYTES = 25;

  @TempDir Path folder;
  private Path state;

  /** What was acknowledged for a key last. */
  private record Acknowledged(long revision, int length) {}

  private final Map<String, Acknowledged> acknowledged = new HashMap<>();

  /** By writer, the last revision it told: whatever it did and did not tell came after that. */
  private final Map<String, Long> lastTold = new HashMap<>();

  private long newest;

  @Test
  @Timeout(300)
  void everyAcknowledgedWriteSurvives() throws Exception {
    state = Files.createDirectory(folder.resolve("state"));
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int kill = 0; kill < KILLS; kill++) {
      writeUntilKilled(1 + random.nextInt(2_000));
      check("seed " + seed + ", kill " + kill);
    }
    assertTrue(newest > KILLS, "nothing was written");
  }

  /**
   * Kills after so many acknowledgements, and reads all that were made. They go through a file: of
   * a pipe, the JDK may lose or shuffle what is in it when the process ends.
   */
  private void writeUntilKilled(int acknowledgements) throws IOException, InterruptedException {
    var told = folder.resolve("told");
    var process = StoreProcess.start("write", state, ProcessBuilder.Redirect.to(told.toFile()));
    try {
      while (Files.size(told) < (long) acknowledgements * TYPICAL_LINE_BYTES) {
        assertTrue(process.isAlive(), "the writing process ended by itself");
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    for (var line : Files.readAllLines(told)) {
      if (line.endsWith(StoreProcess.END_OF_LINE)) {
        take(line);
      }
    }
  }

  private void take(String line) {
    var words = line.split(" ");
    var told = new Acknowledged(Long.parseLong(words[1]), Integer.parseInt(words[2]));
    newest = Math.max(newest, told.revision());
    lastTold.put(writer(words[0]), told.revision());
    acknowledged.merge(words[0], told, (a, b) -> a.revision() > b.revision() ? a : b);
  }

  private void check(String when) {
    try (var store = EmbeddedStore.open(state, InstantSource.system())) {
      assertTrue(store.revision() >= newest, when);
      acknowledged.forEach((key, told) -> checkKey(store, key, told, when));
      acknowledged.clear();
      for (var entry : store.list("/registry/", "", 0, Store.NEWEST).entries()) {
        assertArrayEquals(
            StoreProcess.value(entry.key(), entry.value().length), entry.value(), when);
        acknowledged.put(entry.key(), new Acknowledged(entry.modRevision(), entry.value().length));
      }
    }
  }

  /** A write that was under way may stand too, so what is there may be newer, never older. */
  private void checkKey(Store store, String key, Acknowledged told, String when) {
    var found = store.get(key);
    if (found.isPresent() && found.get().modRevision() == told.revision()) {
      assertEquals(told.length(), found.get().value().length, when + ": " + key);
    } else if (found.isPresent()) {
      assertTrue(found.get().modRevision() > told.revision(), when + ": " + key + " is old");
    } else if (told.length() >= 0) {
      long untold = Math.max(told.revision(), lastTold.get(writer(key)));
      assertTrue(
          deletedAfter(store, key, untold),
          when + ": " + key + " of " + told + " is lost; its writer told up to " + untold);
    }
  }

  private static String writer(String key) {
    return key.substring(0, key.lastIndexOf('/'));
  }

  /** A deletion that nobody told, found in the history. */
  private static boolean deletedAfter(Store store, String key, long revision) {
    for (long at = store.revision(); at > revision; at--) {
      var before = store.list(key, "", 1, at - 1).entries();
      if (!before.isEmpty() && before.getFirst().key().equals(key)) {
        return true;
      }
    }
    return false;
  }
}
