package io.jkube.store.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.store.Store;
import io.jkube.store.StoreEvent;
import io.jkube.store.StoreException;
import io.jkube.testing.Await;
import io.jkube.testing.EtcdMembers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three members that are killed one after the other, under load. */
@Timeout(120)
class EtcdMembersIT {
  private static final int MEMBERS = 3;
  private static final int WRITERS = 4;
  private static final int WRITES_BETWEEN = 50;

  @TempDir Path folder;

  @Test
  void nothingAcknowledgedIsLostAndWatchesSeeItOnce() throws Exception {
    try (var etcd = EtcdMembers.start(folder, MEMBERS);
        var store = EtcdStore.open(etcd.settings());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var load = new Load(store);
      var watched = new ConcurrentSkipListMap<Long, String>();
      var reader = threads.submit(() -> read(store, load.done, watched));
      var writers = new ArrayList<Future<?>>();
      for (int i = 0; i < WRITERS; i++) {
        int number = i;
        writers.add(threads.submit(() -> load.write(number)));
      }
      for (int member = 0; member < MEMBERS; member++) {
        load.awaitWrites(WRITES_BETWEEN);
        etcd.kill(member);
        load.awaitWrites(WRITES_BETWEEN);
        etcd.start(member);
      }
      load.awaitWrites(WRITES_BETWEEN);
      load.done.set(true);
      for (var writer : writers) {
        writer.get();
      }
      load.acknowledged.forEach(
          (key, revision) -> {
            var found = store.get(key).orElseThrow(() -> new AssertionError(key + " is lost"));
            assertEquals(revision, found.modRevision(), key);
          });
      var last = store.list("/load/", "", 0, Store.NEWEST);
      Await.until(() -> watched.size() >= last.entries().size());
      store.close();
      reader.get();
      assertEquals(
          last.entries().stream().map(entry -> entry.modRevision()).sorted().toList(),
          List.copyOf(watched.keySet()));
    }
  }

  /**
   * Each revision once, each greater than the one before, until the store is closed. A watch that
   * breaks is taken up where it was, as the server does.
   */
  private static Void read(
      Store store, AtomicBoolean done, ConcurrentSkipListMap<Long, String> watched)
      throws InterruptedException {
    while (true) {
      long last = watched.isEmpty() ? 1 : watched.lastKey();
      try (var watch = store.watch("/load/", last)) {
        for (var next = watch.next(); !next.isEmpty(); next = watch.next()) {
          next.forEach(event -> note(event, watched));
        }
        return null;
      } catch (StoreException.Unavailable broken) {
        if (done.get() && broken.getMessage().contains("closed")) {
          return null;
        }
      }
    }
  }

  private static void note(StoreEvent event, ConcurrentSkipListMap<Long, String> watched) {
    if (event instanceof StoreEvent.Change change) {
      assertTrue(watched.isEmpty() || watched.lastKey() < change.revision(), "again: " + change);
      watched.put(change.revision(), change.key());
    }
  }

  /** Writers that create keys as fast as they can, each key once. */
  private static final class Load {
    final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    final AtomicBoolean done = new AtomicBoolean();
    private final Store store;

    Load(Store store) {
      this.store = store;
    }

    void write(int writer) {
      for (int i = 0; !done.get(); i++) {
        var key = "/load/" + writer + "-" + i;
        try {
          var value = key.getBytes(StandardCharsets.UTF_8);
          acknowledged.put(key, store.put(key, value, Store.ABSENT, null).modRevision());
        } catch (StoreException.Unavailable perhaps) {
          // It may stand or not: nobody was told that it does.
          continue;
        }
      }
    }

    void awaitWrites(int more) {
      int wanted = acknowledged.size() + more;
      Await.until(() -> acknowledged.size() >= wanted);
    }
  }
}
