package io.jkube.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.store.Store;
import io.jkube.store.StoreEvent;
import io.jkube.store.StoreException;
import io.jkube.store.StoreWatch;
import io.jkube.store.Versioned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@link Store} promises. An implementation subclasses it in its tests. */
@Timeout(60)
public abstract class StoreContract {
  private static final Duration SOON = Duration.ofSeconds(20);

  /** The store under test; after {@link #reopen} another one over the same state. */
  protected Store store;

  /** An empty store. */
  protected abstract Store create() throws Exception;

  /** The same state in a new store; the old one was closed. */
  protected abstract Store open() throws Exception;

  @BeforeEach
  void createStore() throws Exception {
    store = create();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  protected final void reopen() throws Exception {
    store.close();
    store = open();
  }

  // Revisions

  @Test
  void aNewStoreHasRevisionOneAndNoCompaction() {
    assertEquals(1, store.revision());
    assertEquals(0, store.compactRevision());
  }

  @Test
  void eachWriteHasARevisionOfItsOwnGreaterThanAllBefore() {
    long put = put("/a", "1").modRevision();
    long again = put("/b", "1").modRevision();
    long deleted = store.delete("/a", Store.ANY).orElseThrow().revision();
    assertTrue(1 < put && put < again && again < deleted);
    assertEquals(deleted, store.revision());
  }

  @Test
  void whatWritesNothingTakesNoRevision() {
    put("/a", "1");
    long before = store.revision();
    assertThrows(
        StoreException.RevisionMismatch.class, () -> store.put("/a", utf8("2"), 999, null));
    assertThrows(StoreException.RevisionMismatch.class, () -> store.delete("/a", 999));
    assertEquals(Optional.empty(), store.delete("/none", Store.ANY));
    assertEquals(before, store.revision());
  }

  @Test
  void revisionsGoOnAfterARestart() throws Exception {
    put("/a", "1");
    store.delete("/a", Store.ANY);
    long before = store.revision();
    reopen();
    assertEquals(before, store.revision());
    assertTrue(put("/a", "2").modRevision() > before);
  }

  @Test
  void revisionsGoOnAfterTheNewestChangeWasCompactedAway() throws Exception {
    put("/a", "1");
    store.delete("/a", Store.ANY);
    long before = store.revision();
    store.compact(before);
    reopen();
    assertEquals(before, store.revision());
    assertEquals(before, store.compactRevision());
    assertTrue(put("/a", "2").modRevision() > before);
  }

  // Put, get, delete

  @Test
  void getsWhatWasPut() {
    var put = put("/a", "one");
    assertEquals("/a", put.key());
    assertEquals(put.modRevision(), put.createRevision());
    assertSame(put, store.get("/a").orElseThrow());
    assertEquals(Optional.empty(), store.get("/"));
    assertEquals(Optional.empty(), store.get("/ab"));
  }

  @Test
  void keepsTheCreateRevisionUntilTheKeyIsDeleted() {
    var created = put("/a", "1");
    var changed = put("/a", "2");
    assertEquals(created.createRevision(), changed.createRevision());
    assertTrue(changed.modRevision() > created.modRevision());
    store.delete("/a", Store.ANY);
    var again = put("/a", "3");
    assertEquals(again.modRevision(), again.createRevision());
  }

  @Test
  void keepsEveryByteOfKeyAndValue() throws Exception {
    var value = new byte[256];
    for (int i = 0; i < value.length; i++) {
      value[i] = (byte) i;
    }
    var key = "/ä/€/\uD83D\uDE00";
    store.put(key, value, Store.ABSENT, null);
    store.put("/empty", new byte[0], Store.ABSENT, null);
    store.put("/large", new byte[3 << 20], Store.ABSENT, null);
    reopen();
    assertArrayEquals(value, store.get(key).orElseThrow().value());
    assertEquals(0, store.get("/empty").orElseThrow().value().length);
    assertEquals(3 << 20, store.get("/large").orElseThrow().value().length);
  }

  @Test
  void putsOnlyWhereTheRevisionIsTheExpectedOne() {
    var first = store.put("/a", utf8("1"), Store.ABSENT, null);
    var exists =
        assertThrows(
            StoreException.RevisionMismatch.class,
            () -> store.put("/a", utf8("2"), Store.ABSENT, null));
    assertSame(first, exists.current());
    var second = store.put("/a", utf8("2"), first.modRevision(), null);
    var stale =
        assertThrows(
            StoreException.RevisionMismatch.class,
            () -> store.put("/a", utf8("3"), first.modRevision(), null));
    assertSame(second, stale.current());
    var missing =
        assertThrows(
            StoreException.RevisionMismatch.class, () -> store.put("/b", utf8("1"), 5, null));
    assertNull(missing.current());
    assertSame(second, store.get("/a").orElseThrow());
    assertEquals(Optional.empty(), store.get("/b"));
  }

  @Test
  void deletesOnlyWhereTheRevisionIsTheExpectedOne() {
    var value = put("/a", "1");
    assertThrows(
        StoreException.RevisionMismatch.class, () -> store.delete("/a", value.modRevision() + 1));
    assertThrows(StoreException.RevisionMismatch.class, () -> store.delete("/none", 5));
    assertSame(value, store.get("/a").orElseThrow());
    var deleted = store.delete("/a", value.modRevision()).orElseThrow();
    assertEquals("/a", deleted.key());
    assertEquals(store.revision(), deleted.revision());
    assertSame(value, deleted.previous());
    assertEquals(Optional.empty(), store.get("/a"));
    assertEquals(Optional.empty(), store.delete("/a", Store.ANY));
  }

  @Test
  void everythingIsThereAfterARestart() throws Exception {
    var kept = put("/a", "1");
    var changed = put("/b", "1");
    changed = put("/b", "2");
    put("/c", "1");
    store.delete("/c", Store.ANY);
    reopen();
    assertSame(kept, store.get("/a").orElseThrow());
    assertSame(changed, store.get("/b").orElseThrow());
    assertEquals(Optional.empty(), store.get("/c"));
  }

  // Threads

  @Test
  void ofManyWritersWithTheSameExpectationOneWins() throws Exception {
    var start = put("/a", "0");
    int won = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writers = new ArrayList<Future<Versioned>>();
      for (int i = 0; i < 16; i++) {
        var value = utf8("writer " + i);
        writers.add(threads.submit(() -> store.put("/a", value, start.modRevision(), null)));
      }
      for (var writer : writers) {
        won += succeeded(writer) ? 1 : 0;
      }
    }
    assertEquals(1, won);
  }

  private static boolean succeeded(Future<?> writer) throws InterruptedException {
    try {
      writer.get();
      return true;
    } catch (ExecutionException failure) {
      assertInstanceOf(StoreException.RevisionMismatch.class, failure.getCause());
      return false;
    }
  }

  @Test
  void writersSeeWhatTheyWroteAndRevisionsAreUnique() throws Exception {
    var revisions = Collections.synchronizedSet(new HashSet<Long>());
    var tasks = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int t = 0; t < 8; t++) {
        var key = "/writer/" + t;
        tasks.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 100; i++) {
                    var written = put(key, "value " + i);
                    assertSame(written, store.get(key).orElseThrow());
                    assertTrue(store.revision() >= written.modRevision());
                    assertTrue(revisions.add(written.modRevision()), "revision used twice");
                  }
                }));
      }
      for (var task : tasks) {
        task.get();
      }
    }
    assertEquals(800, revisions.size());
    assertEquals(8, store.count("/writer/"));
  }

  // List

  @Test
  void listsByPrefixInTheOrderOfUtf8Bytes() {
    var keys = List.of("/p/Z", "/p/a", "/p/a/b", "/p/ä", "/p/\uFFFD", "/p/\uD83D\uDE00");
    for (int i = keys.size() - 1; i >= 0; i--) {
      put(keys.get(i), "x");
    }
    put("/o", "x");
    put("/q", "x");
    var page = store.list("/p/", "", 0, Store.NEWEST);
    assertEquals(keys, page.entries().stream().map(Versioned::key).toList());
    assertEquals(0, page.remaining());
    assertEquals(store.revision(), page.revision());
    assertEquals(8, store.list("", "", 0, Store.NEWEST).entries().size());
    assertEquals(6, store.count("/p/"));
    assertEquals(0, store.count("/none"));
  }

  @Test
  void pagesBelongTogetherWhateverHappensBetween() {
    for (int i = 0; i < 10; i++) {
      put("/p/" + i, "old");
    }
    var first = store.list("/p/", "", 4, Store.NEWEST);
    assertEquals(6, first.remaining());
    put("/p/5", "new");
    put("/p/55", "new");
    store.delete("/p/7", Store.ANY);
    var second = store.list("/p/", "/p/3", 4, first.revision());
    var third = store.list("/p/", "/p/7", 4, first.revision());
    assertEquals(2, second.remaining());
    assertEquals(0, third.remaining());
    assertEquals(first.revision(), third.revision());
    var all = new ArrayList<>(first.entries());
    all.addAll(second.entries());
    all.addAll(third.entries());
    assertEquals(10, all.size());
    all.forEach(entry -> assertArrayEquals(utf8("old"), entry.value()));
  }

  @Test
  void aPageMayEndExactlyAtTheEndOrStartBehindIt() {
    put("/p/a", "x");
    put("/p/b", "x");
    assertEquals(0, store.list("/p/", "", 2, Store.NEWEST).remaining());
    assertEquals(List.of(), store.list("/p/", "/p/b", 2, Store.NEWEST).entries());
    assertEquals(1, store.list("/p/", "/p/aa", 2, Store.NEWEST).entries().size());
    assertEquals(2, store.list("/p/", "/a", 0, Store.NEWEST).entries().size());
  }

  @Test
  void listsAtOldRevisions() throws Exception {
    long none = store.revision();
    var one = put("/a", "1");
    var two = put("/a", "2");
    store.delete("/a", Store.ANY);
    var three = put("/a", "3");
    for (int restart = 0; restart < 2; restart++) {
      assertEquals(List.of(), store.list("/", "", 0, none).entries());
      assertSame(one, only(store.list("/", "", 0, one.modRevision())));
      assertSame(two, only(store.list("/", "", 0, two.modRevision())));
      assertEquals(List.of(), store.list("/", "", 0, two.modRevision() + 1).entries());
      assertSame(three, only(store.list("/", "", 0, Store.NEWEST)));
      reopen();
    }
  }

  @Test
  void refusesToListTheFuture() {
    long future = store.revision() + 1;
    assertThrows(StoreException.FutureRevision.class, () -> store.list("/", "", 0, future));
  }

  // Compaction

  @Test
  void compactionForgetsWhatWasSupersededAndKeepsTheNewest() throws Exception {
    var old = put("/a", "1");
    var newest = put("/a", "2");
    var still = put("/b", "1");
    store.compact(still.modRevision());
    var later = put("/b", "2");
    for (int restart = 0; restart < 2; restart++) {
      assertEquals(still.modRevision(), store.compactRevision());
      assertThrows(StoreException.Compacted.class, () -> store.list("/", "", 0, old.modRevision()));
      assertThrows(
          StoreException.Compacted.class, () -> store.list("/", "", 0, newest.modRevision()));
      var kept = store.list("/", "", 0, still.modRevision()).entries();
      assertEquals(2, kept.size());
      assertSame(newest, kept.get(0));
      assertSame(still, kept.get(1));
      assertSame(newest, store.get("/a").orElseThrow());
      assertSame(later, store.get("/b").orElseThrow());
      reopen();
    }
  }

  @Test
  void compactionForgetsDeletedKeysForGood() throws Exception {
    put("/a", "1");
    long deleted = store.delete("/a", Store.ANY).orElseThrow().revision();
    store.compact(deleted);
    assertEquals(Optional.empty(), store.get("/a"));
    assertEquals(List.of(), store.list("/", "", 0, deleted).entries());
    reopen();
    assertEquals(Optional.empty(), store.get("/a"));
    assertEquals(0, store.count("/"));
    var again = store.put("/a", utf8("2"), Store.ABSENT, null);
    assertEquals(again.modRevision(), again.createRevision());
  }

  @Test
  void compactsOnceAndNotTheFuture() {
    put("/a", "1");
    long at = store.revision();
    store.compact(at);
    assertThrows(StoreException.Compacted.class, () -> store.compact(at));
    assertThrows(StoreException.Compacted.class, () -> store.compact(at - 1));
    assertThrows(StoreException.FutureRevision.class, () -> store.compact(at + 1));
    assertEquals(at, store.compactRevision());
  }

  // Watch

  @Test
  void aWatchTellsEveryChangeInOrderWithWhatItReplaced() throws Exception {
    long start = store.revision();
    try (var watch = store.watch("/p/", start)) {
      var created = put("/p/a", "1");
      put("/other", "x");
      var changed = put("/p/a", "2");
      var deleted = store.delete("/p/a", Store.ANY).orElseThrow();
      var again = put("/p/a", "3");
      var events = next(watch, 4);
      assertPut(created, null, events.get(0));
      assertPut(changed, created, events.get(1));
      var gone = assertInstanceOf(StoreEvent.Delete.class, events.get(2));
      assertEquals("/p/a", gone.key());
      assertEquals(deleted.revision(), gone.revision());
      assertSame(changed, gone.previous());
      assertPut(again, null, events.get(3));
    }
  }

  @Test
  void aWatchFromNowTellsOnlyWhatComes() throws Exception {
    put("/a", "1");
    try (var watch = store.watch("/", Store.NEWEST)) {
      var later = put("/a", "2");
      assertEquals(later.modRevision(), next(watch, 1).getFirst().revision());
    }
  }

  @Test
  void aWatchResumesBehindARevisionAlsoAfterARestart() throws Exception {
    var first = put("/a", "1");
    var second = put("/a", "2");
    var deleted = store.delete("/a", Store.ANY).orElseThrow();
    for (int restart = 0; restart < 2; restart++) {
      try (var watch = store.watch("/", first.modRevision())) {
        var events = next(watch, 2);
        assertPut(second, first, events.get(0));
        assertEquals(deleted.revision(), events.get(1).revision());
        assertEquals(deleted.key(), events.get(1).key());
      }
      reopen();
    }
  }

  @Test
  void aWatchRefusesWhatIsGoneAndWhatIsNotYet() {
    put("/a", "1");
    put("/a", "2");
    long compacted = store.revision();
    store.compact(compacted);
    assertThrows(StoreException.Compacted.class, () -> store.watch("/", compacted - 1));
    assertThrows(StoreException.FutureRevision.class, () -> store.watch("/", compacted + 1));
    store.watch("/", compacted).close();
    store.watch("/", Store.NEWEST).close();
  }

  @Test
  void aReaderThatIsTooLateIsToldOrMissesNothing() throws Exception {
    try (var watch = store.watch("/", Store.NEWEST)) {
      var first = put("/a", "1");
      var second = put("/a", "2");
      store.compact(store.revision());
      try {
        var events = next(watch, 2);
        assertPut(first, null, events.get(0));
        assertPut(second, first, events.get(1));
      } catch (StoreException.Compacted told) {
        assertTrue(told.compactRevision() >= first.modRevision());
      }
    }
  }

  @Test
  void aReaderThatWaitsForOtherKeysIsNotOvertakenByCompaction() throws Exception {
    try (var watch = store.watch("/quiet/", Store.NEWEST);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var waiting = threads.submit(() -> next(watch, 1));
      for (int i = 0; i < 50; i++) {
        put("/loud", "value " + i);
      }
      store.compact(store.revision());
      var wanted = put("/quiet/a", "1");
      assertEquals(wanted.modRevision(), waiting.get(20, TimeUnit.SECONDS).getFirst().revision());
    }
  }

  @Test
  void watchesSeeNoGapAndNoRepeatUnderLoad() throws Exception {
    long start = store.revision();
    int writers = 8;
    int each = 200;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var readers = new ArrayList<Future<List<Long>>>();
      for (int r = 0; r < 4; r++) {
        readers.add(threads.submit(() -> readAll(writers * each, start)));
      }
      for (int w = 0; w < writers; w++) {
        var key = "/load/" + w;
        threads.submit(
            () -> {
              for (int i = 0; i < each; i++) {
                put(key, "value " + i);
              }
            });
      }
      var expected = new ArrayList<Long>();
      for (long revision = start + 1; revision <= start + writers * each; revision++) {
        expected.add(revision);
      }
      for (var reader : readers) {
        assertEquals(expected, reader.get(50, TimeUnit.SECONDS));
      }
    }
  }

  private List<Long> readAll(int count, long start) throws InterruptedException {
    var revisions = new ArrayList<Long>();
    try (var watch = store.watch("/load/", start)) {
      while (revisions.size() < count) {
        watch.next().forEach(event -> revisions.add(event.revision()));
      }
    }
    return revisions;
  }

  @Test
  void closingAWatchEndsItsReader() throws Exception {
    var watch = store.watch("/", Store.NEWEST);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var reader = threads.submit(watch::next);
      watch.close();
      assertEquals(List.of(), reader.get(20, TimeUnit.SECONDS));
    }
    assertEquals(List.of(), watch.next());
  }

  @Test
  void closingTheStoreEndsItsWatches() throws Exception {
    var watch = store.watch("/", Store.NEWEST);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var reader = threads.submit(watch::next);
      store.close();
      assertEquals(List.of(), reader.get(20, TimeUnit.SECONDS));
    }
  }

  @Test
  void anInterruptEndsAWait() throws Exception {
    try (var watch = store.watch("/", Store.NEWEST);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var reader = threads.submit(watch::next);
      threads.shutdownNow();
      var ended = assertThrows(ExecutionException.class, () -> reader.get(20, TimeUnit.SECONDS));
      assertInstanceOf(InterruptedException.class, ended.getCause());
    }
  }

  // Time to live

  @Test
  void deletesAKeyWhenItsTimeIsOver() throws Exception {
    try (var watch = store.watch("/", Store.NEWEST)) {
      var mortal = store.put("/mortal", utf8("1"), Store.ABSENT, Duration.ofSeconds(1));
      put("/immortal", "1");
      assertPut(mortal, null, next(watch, 2).getFirst());
      pass(Duration.ofSeconds(2));
      var deleted = assertInstanceOf(StoreEvent.Delete.class, next(watch, 1).getFirst());
      assertSame(mortal, deleted.previous());
      assertEquals(Optional.empty(), store.get("/mortal"));
      assertTrue(store.get("/immortal").isPresent());
      assertEquals(deleted.revision(), store.revision());
    }
  }

  @Test
  void eachPutStatesTheTimeAnew() throws Exception {
    try (var watch = store.watch("/", Store.NEWEST)) {
      store.put("/now-for-ever", utf8("1"), Store.ANY, Duration.ofSeconds(1));
      store.put("/now-for-ever", utf8("2"), Store.ANY, null);
      store.put("/longer", utf8("1"), Store.ANY, Duration.ofSeconds(1));
      store.put("/longer", utf8("2"), Store.ANY, Duration.ofHours(1));
      store.put("/witness", utf8("1"), Store.ANY, Duration.ofSeconds(1));
      pass(Duration.ofSeconds(2));
      assertEquals("/witness", next(watch, 6).getLast().key());
      assertTrue(store.get("/now-for-ever").isPresent());
      assertTrue(store.get("/longer").isPresent());
    }
  }

  @Test
  void aRestartKeepsTheDeadline() throws Exception {
    store.put("/mortal", utf8("1"), Store.ABSENT, Duration.ofSeconds(2));
    long before = store.revision();
    reopen();
    try (var watch = store.watch("/", before)) {
      pass(Duration.ofSeconds(3));
      assertInstanceOf(StoreEvent.Delete.class, next(watch, 1).getFirst());
    }
  }

  /** Lets time pass for the store. */
  protected abstract void pass(Duration time) throws Exception;

  // End

  @Test
  void answersUnavailableOnceClosed() {
    put("/a", "1");
    store.close();
    store.close();
    assertThrows(StoreException.Unavailable.class, () -> put("/a", "2"));
    assertThrows(StoreException.Unavailable.class, () -> store.delete("/a", Store.ANY));
    assertThrows(StoreException.Unavailable.class, () -> store.get("/a"));
    assertThrows(StoreException.Unavailable.class, () -> store.list("/", "", 0, Store.NEWEST));
    assertThrows(StoreException.Unavailable.class, () -> store.count("/"));
    assertThrows(StoreException.Unavailable.class, () -> store.revision());
    assertThrows(StoreException.Unavailable.class, () -> store.compact(1));
    assertThrows(StoreException.Unavailable.class, () -> store.watch("/", Store.NEWEST));
  }

  @Test
  void closingFinishesTheCommitsUnderWay() throws Exception {
    var acknowledged = Collections.synchronizedSet(new TreeSet<String>());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writers = new ArrayList<Future<?>>();
      for (int t = 0; t < 8; t++) {
        var prefix = "/w/" + t + "/";
        writers.add(threads.submit(() -> writeUntilClosed(prefix, acknowledged)));
      }
      while (acknowledged.size() < 100) {
        Thread.onSpinWait();
      }
      store.close();
      for (var writer : writers) {
        writer.get(20, TimeUnit.SECONDS);
      }
    }
    store = open();
    for (var key : acknowledged) {
      assertTrue(store.get(key).isPresent(), key);
    }
  }

  private void writeUntilClosed(String prefix, java.util.Set<String> acknowledged) {
    try {
      for (int i = 0; ; i++) {
        put(prefix + i, "x");
        acknowledged.add(prefix + i);
      }
    } catch (StoreException.Unavailable closed) {
      assertFalse(closed.getMessage().isEmpty());
    }
  }

  // Words of these tests

  protected static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  protected final Versioned put(String key, String value) {
    return store.put(key, utf8(value), Store.ANY, null);
  }

  /** The next so many events of a watch. */
  protected static List<StoreEvent.Change> next(StoreWatch watch, int count) {
    var events = new ArrayList<StoreEvent.Change>();
    assertTimeoutPreemptively(
        SOON,
        () -> {
          while (events.size() < count) {
            var more = watch.next();
            assertFalse(more.isEmpty(), "the watch ended");
            for (var event : more) {
              if (event instanceof StoreEvent.Change change) {
                events.add(change);
              }
            }
          }
        });
    assertEquals(count, events.size());
    return events;
  }

  protected static void assertSame(Versioned expected, Versioned actual) {
    assertEquals(expected.key(), actual.key());
    assertArrayEquals(expected.value(), actual.value());
    assertEquals(expected.createRevision(), actual.createRevision());
    assertEquals(expected.modRevision(), actual.modRevision());
  }

  private static void assertPut(Versioned current, Versioned previous, StoreEvent event) {
    var put = assertInstanceOf(StoreEvent.Put.class, event);
    assertSame(current, put.current());
    if (previous == null) {
      assertNull(put.previous());
    } else {
      assertSame(previous, put.previous());
    }
  }

  private static Versioned only(Store.Page page) {
    assertEquals(1, page.entries().size());
    return page.entries().getFirst();
  }
}
