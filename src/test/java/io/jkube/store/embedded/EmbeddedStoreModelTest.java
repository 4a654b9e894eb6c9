package io.jkube.store.embedded;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jkube.store.Store;
import io.jkube.store.StoreEvent;
import io.jkube.store.StoreException;
import io.jkube.store.StoreWatch;
import io.jkube.store.Versioned;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random calls against a model that keeps a copy of everything at every revision. A failure prints
 * the seed it came from.
 */
@Timeout(120)
class EmbeddedStoreModelTest {
  private static final int STEPS = 1_500;
  private static final String[] PREFIXES = {"/", "/a/", "/b/", "/b/1", "/none"};

  @TempDir Path folder;
  private final TurnedClock clock = new TurnedClock();
  private Store store;

  /** By revision minus one: all keys as they stood. */
  private final List<TreeMap<String, Versioned>> states = new ArrayList<>();

  /** By revision minus two. */
  private final List<StoreEvent.Change> events = new ArrayList<>();

  private long compacted;

  /** A watch, and up to which revision it was read. */
  private record Watched(StoreWatch watch, String prefix, long[] told) {}

  private final List<Watched> watches = new ArrayList<>();

  @RepeatedTest(4)
  void behavesAsTheModel() throws Exception {
    long seed = System.nanoTime();
    try {
      run(new Random(seed));
    } catch (AssertionError | RuntimeException failure) {
      throw new AssertionError("seed " + seed + ": " + failure, failure);
    } finally {
      store.close();
    }
  }

  private void run(Random random) throws InterruptedException {
    states.add(new TreeMap<>());
    store = EmbeddedStore.open(folder, clock);
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(20)) {
        case 0, 1, 2, 3, 4, 5, 6 -> put(random);
        case 7, 8, 9 -> delete(random);
        case 10, 11 -> get(random);
        case 12, 13, 14 -> list(random);
        case 15 -> watch(random);
        case 16, 17 -> readWatches();
        case 18 -> compact(random);
        default -> reopen(random);
      }
      assertEquals(states.size(), store.revision());
      assertEquals(compacted, store.compactRevision());
    }
    readWatches();
  }

  private void put(Random random) {
    var key = key(random);
    var value = new byte[random.nextInt(3_000)];
    random.nextBytes(value);
    var current = newest().get(key);
    long expected = expectation(random, current);
    long actual = current == null ? Store.ABSENT : current.modRevision();
    if (expected != Store.ANY && expected != actual) {
      var refused =
          assertThrows(
              StoreException.RevisionMismatch.class, () -> store.put(key, value, expected, null));
      assertSame(current, refused.current());
      return;
    }
    long revision = states.size() + 1;
    var next =
        new Versioned(key, value, current == null ? revision : current.createRevision(), revision);
    assertSame(next, store.put(key, value, expected, null));
    var state = new TreeMap<>(newest());
    state.put(key, next);
    states.add(state);
    events.add(new StoreEvent.Put(next, current));
  }

  private void delete(Random random) {
    var key = key(random);
    var current = newest().get(key);
    long expected = Math.max(Store.ANY, expectation(random, current));
    if (expected == Store.ABSENT) {
      expected = Store.ANY;
    }
    if (current == null ? expected != Store.ANY : !matches(expected, current)) {
      long wrong = expected;
      assertThrows(StoreException.RevisionMismatch.class, () -> store.delete(key, wrong));
      return;
    }
    var deleted = store.delete(key, expected);
    assertEquals(current == null, deleted.isEmpty());
    if (current != null) {
      assertSame(current, deleted.orElseThrow().previous());
      var state = new TreeMap<>(newest());
      state.remove(key);
      states.add(state);
      events.add(new StoreEvent.Delete(key, states.size(), current));
      assertEquals(states.size(), deleted.orElseThrow().revision());
    }
  }

  private static boolean matches(long expected, Versioned current) {
    return expected == Store.ANY || expected == current.modRevision();
  }

  private long expectation(Random random, Versioned current) {
    return switch (random.nextInt(4)) {
      case 0 -> Store.ABSENT;
      case 1 -> current == null ? 7 : current.modRevision();
      case 2 -> 1 + random.nextInt(states.size() + 1);
      default -> Store.ANY;
    };
  }

  private void get(Random random) {
    var key = key(random);
    assertSame(newest().get(key), store.get(key).orElse(null));
  }

  private void list(Random random) {
    var prefix = prefix(random);
    long asked = random.nextInt(states.size() + 2);
    var after = random.nextBoolean() ? "" : key(random);
    int limit = random.nextInt(10);
    if (asked > states.size()) {
      assertThrows(
          StoreException.FutureRevision.class, () -> store.list(prefix, after, limit, asked));
    } else if (asked != Store.NEWEST && asked < compacted) {
      assertThrows(StoreException.Compacted.class, () -> store.list(prefix, after, limit, asked));
    } else {
      long asOf = asked == Store.NEWEST ? states.size() : asked;
      var expected =
          states.get((int) asOf - 1).values().stream()
              .filter(entry -> entry.key().startsWith(prefix) && entry.key().compareTo(after) > 0)
              .toList();
      var page = store.list(prefix, after, limit, asked);
      int size = limit == 0 ? expected.size() : Math.min(limit, expected.size());
      assertEquals(asOf, page.revision());
      assertEquals(expected.size() - size, page.remaining());
      assertEquals(size, page.entries().size());
      for (int i = 0; i < size; i++) {
        assertSame(expected.get(i), page.entries().get(i));
      }
    }
    assertEquals(
        newest().keySet().stream().filter(key -> key.startsWith(prefix)).count(),
        store.count(prefix));
  }

  private void watch(Random random) {
    var prefix = prefix(random);
    long after = random.nextInt(states.size() + 2);
    if (after > states.size()) {
      assertThrows(StoreException.FutureRevision.class, () -> store.watch(prefix, after));
    } else if (after != Store.NEWEST && after < compacted) {
      assertThrows(StoreException.Compacted.class, () -> store.watch(prefix, after));
    } else if (watches.size() < 10) {
      long from = after == Store.NEWEST ? states.size() : after;
      watches.add(new Watched(store.watch(prefix, after), prefix, new long[] {from}));
    }
  }

  private void readWatches() throws InterruptedException {
    for (var watched : watches) {
      var expected =
          events.stream()
              .filter(event -> event.revision() > watched.told()[0])
              .filter(event -> event.key().startsWith(watched.prefix()))
              .toList();
      var told = new ArrayList<StoreEvent>();
      try {
        while (told.size() < expected.size()) {
          told.addAll(watched.watch().next());
        }
      } catch (StoreException.Compacted late) {
        assertEquals(true, watched.told()[0] < compacted, "told of a compaction without need");
        watched.told()[0] = Long.MAX_VALUE;
        continue;
      }
      assertEquals(expected.size(), told.size());
      for (int i = 0; i < told.size(); i++) {
        assertEvent(expected.get(i), told.get(i));
      }
      if (!told.isEmpty()) {
        watched.told()[0] = states.size();
      }
    }
    watches.removeIf(
        watched -> {
          boolean over = watched.told()[0] == Long.MAX_VALUE;
          if (over) {
            watched.watch().close();
          }
          return over;
        });
  }

  private void compact(Random random) {
    long at = Math.max(1, states.size() - random.nextInt(30));
    if (random.nextInt(10) == 0) {
      assertThrows(StoreException.FutureRevision.class, () -> store.compact(states.size() + 1L));
    } else if (at <= compacted) {
      assertThrows(StoreException.Compacted.class, () -> store.compact(at));
    } else {
      store.compact(at);
      compacted = at;
    }
  }

  private void reopen(Random random) {
    if (random.nextInt(4) == 0) {
      store.close();
      watches.clear();
      store = EmbeddedStore.open(folder, clock);
    }
  }

  private TreeMap<String, Versioned> newest() {
    return states.getLast();
  }

  private static String key(Random random) {
    return PREFIXES[random.nextInt(3)] + random.nextInt(15);
  }

  private static String prefix(Random random) {
    return PREFIXES[random.nextInt(PREFIXES.length)];
  }

  private static void assertEvent(StoreEvent.Change expected, StoreEvent told) {
    var actual = assertInstanceOf(StoreEvent.Change.class, told);
    assertEquals(expected.getClass(), actual.getClass());
    assertEquals(expected.revision(), actual.revision());
    assertEquals(expected.key(), actual.key());
    switch (expected) {
      case StoreEvent.Put put -> {
        assertSame(put.current(), ((StoreEvent.Put) actual).current());
        assertSame(put.previous(), ((StoreEvent.Put) actual).previous());
      }
      case StoreEvent.Delete delete ->
          assertSame(delete.previous(), ((StoreEvent.Delete) actual).previous());
    }
  }

  private static void assertSame(Versioned expected, Versioned actual) {
    if (expected == null || actual == null) {
      assertEquals(expected, actual);
      return;
    }
    assertEquals(expected.key(), actual.key());
    assertArrayEquals(expected.value(), actual.value());
    assertEquals(expected.createRevision(), actual.createRevision());
    assertEquals(expected.modRevision(), actual.modRevision());
  }
}
