package io.jkube.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.store.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real process that writes through several threads is killed, twenty times, on one folder. */
class EmbeddedStoreKillIT {
  private static final int KILLS = 20;

  @TempDir Path folder;

  /** What was acknowledged for a key last. */
  private record Acknowledged(long revision, int length) {}

  private final Map<String, Acknowledged> acknowledged = new HashMap<>();
  private long newest;

  @Test
  @Timeout(300)
  void everyAcknowledgedWriteSurvives() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int kill = 0; kill < KILLS; kill++) {
      writeUntilKilled(1 + random.nextInt(2_000));
      check("seed " + seed + ", kill " + kill);
    }
    assertTrue(newest > KILLS, "nothing was written");
  }

  /** Kills after so many acknowledgements, reads those that came meanwhile. */
  private void writeUntilKilled(int acknowledgements) throws IOException, InterruptedException {
    var process = StoreProcess.start("write", folder);
    try (var lines = process.inputReader(UTF_8)) {
      assertEquals("open", lines.readLine());
      for (int i = 0; i < acknowledgements; i++) {
        take(lines.readLine());
      }
      process.destroyForcibly();
      readTheRest(lines);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private void readTheRest(BufferedReader lines) {
    try {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.split(" ").length == 3) {
          take(line);
        }
      }
    } catch (IOException cutOff) {
      // the pipe of a killed process may end in the middle of a line
    }
  }

  private void take(String line) {
    var words = line.split(" ");
    var told = new Acknowledged(Long.parseLong(words[1]), Integer.parseInt(words[2]));
    newest = Math.max(newest, told.revision());
    acknowledged.merge(words[0], told, (a, b) -> a.revision() > b.revision() ? a : b);
  }

  private void check(String when) {
    try (var store = EmbeddedStore.open(folder, InstantSource.system())) {
      assertTrue(store.revision() >= newest, when);
      acknowledged.forEach((key, told) -> checkKey(store, key, told, when));
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
      assertTrue(deletedAfter(store, key, told.revision()), when + ": " + key + " is lost");
    }
  }

  private static boolean deletedAfter(Store store, String key, long revision) {
    long after = Math.max(store.compactRevision(), revision);
    for (long at = store.revision(); at > after; at--) {
      var then = store.list(key, "", 1, at - 1).entries();
      if (!then.isEmpty() && then.getFirst().key().equals(key)) {
        return true;
      }
    }
    return false;
  }
}
