package io.jkube.store.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.store.Store;
import io.jkube.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** History ends by itself: by time, by number, by bytes; and the file with it. */
@Timeout(120)
class EmbeddedStoreHistoryTest {
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path folder;
  private final TurnedClock clock = new TurnedClock();

  @Test
  void endsByTime() {
    var settings = new EmbeddedStoreSettings(Duration.ofMinutes(5), 1_000_000, 1L << 40, 16);
    try (var store = EmbeddedStore.open(folder, clock, settings)) {
      store.put("/a", new byte[1], Store.ANY, null);
      clock.turn(Duration.ofMinutes(1));
      long young = store.put("/a", new byte[2], Store.ANY, null).modRevision();
      await(() -> store.count("/") == 1);
      clock.turn(Duration.ofMinutes(4));
      store.put("/a", new byte[3], Store.ANY, null);
      await(() -> store.compactRevision() > 0);
      assertTrue(store.compactRevision() <= young, "only what is older than five minutes");
      clock.turn(Duration.ofMinutes(6));
      await(() -> store.compactRevision() >= young);
      assertEquals(3, store.get("/a").orElseThrow().value().length);
    }
  }

  @Test
  void endsByNumber() {
    var settings = new EmbeddedStoreSettings(DAY, 100, 1L << 40, 16);
    try (var store = EmbeddedStore.open(folder, clock, settings)) {
      for (int i = 0; i < 1_000; i++) {
        store.put("/a", new byte[1], Store.ANY, null);
      }
      await(() -> store.revision() - store.compactRevision() <= 100);
      assertThrows(StoreException.Compacted.class, () -> store.watch("/", 2));
      store.watch("/", store.revision() - 40).close();
    }
  }

  @Test
  void endsByBytesAndTheFileStaysSmall() throws IOException {
    var settings = new EmbeddedStoreSettings(DAY, 1_000_000, 1 << 20, 16);
    try (var store = EmbeddedStore.open(folder, clock, settings)) {
      for (int i = 0; i < 20_000; i++) {
        store.put("/k/" + i % 100, new byte[2_000], Store.ANY, null);
      }
      await(() -> (store.revision() - store.compactRevision()) * 2_000 <= 2 << 20);
      long bytes = Files.size(folder.resolve(Journal.FILE));
      assertTrue(bytes < 16 << 20, "the file has " + bytes + " bytes after 40 MB of writes");
    }
    var reopened = EmbeddedStore.open(folder, clock, settings);
    assertEquals(100, reopened.count("/k/"));
    reopened.close();
    long bytes = Files.size(folder.resolve(Journal.FILE));
    assertTrue(bytes < 8 << 20, "the closed file has " + bytes + " bytes");
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "it did not come to be");
      Thread.onSpinWait();
    }
  }
}
