package io.jkube.apiserver.storage;

import io.jkube.store.StoreEvent;
import io.jkube.store.Versioned;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The newest state of one kind, its last changes, and those who watch it. Everything is under its
 * own lock, which nobody holds while waiting for anything.
 */
final class WatchCache {
  /** So many changes are kept for watches that come back. */
  static final int MAX_RECENT_EVENTS = 2048;

  private final LongSupplier progress;
  private final TreeMap<String, StoredObject> newest = new TreeMap<>();
  private final ArrayDeque<CacheEvent> recent = new ArrayDeque<>();
  private final Set<Watcher> watchers = new LinkedHashSet<>();

  /** The newest state in order; null when it changed since. */
  private StoredObject[] sorted;

  /** Changes after this revision are all in {@link #recent}. */
  private long completeAfter;

  /** Written under the lock. */
  private volatile long lastRevision;

  /** That of the last write of this server, which may not have come back yet. */
  private final AtomicLong lastWritten = new AtomicLong();

  /**
   * @param progress up to which revision all caches are complete
   */
  WatchCache(List<Versioned> entries, long revision, LongSupplier progress) {
    this.progress = progress;
    fill(entries, revision);
  }

  /** Starts over from a listing; who watched must list afresh. */
  synchronized void reset(List<Versioned> entries, long revision) {
    for (var watcher : watchers) {
      watcher.fail(Watcher.tooOld("the server lost track of the changes before " + revision));
    }
    watchers.clear();
    newest.clear();
    recent.clear();
    fill(entries, revision);
  }

  private void fill(List<Versioned> entries, long revision) {
    for (var entry : entries) {
      newest.put(entry.key(), StoredObject.of(entry));
    }
    sorted = null;
    completeAfter = revision;
    lastRevision = revision;
  }

  /** Takes over one change. Called by the feed only, in order. */
  synchronized void apply(StoreEvent change) {
    var event =
        switch (change) {
          case StoreEvent.Put put -> {
            var current = StoredObject.of(put.current());
            yield new CacheEvent(current, newest.put(put.key(), current), put.revision());
          }
          case StoreEvent.Delete delete ->
              new CacheEvent(null, newest.remove(delete.key()), delete.revision());
        };
    sorted = null;
    lastRevision = event.revision();
    recent.addLast(event);
    if (recent.size() > MAX_RECENT_EVENTS) {
      completeAfter = recent.removeFirst().revision();
    }
    for (var watcher : watchers) {
      watcher.offer(event);
    }
  }

  /** The revision of the kind's last change. */
  long lastRevision() {
    return lastRevision;
  }

  /** The revision of the last write of this server. */
  long lastWritten() {
    return lastWritten.get();
  }

  /** Told of each write of this server when it is committed, in any order. */
  void written(long revision) {
    lastWritten.accumulateAndGet(revision, Math::max);
  }

  synchronized Optional<StoredObject> get(String key) {
    return Optional.ofNullable(newest.get(key));
  }

  /** All objects whose key starts with {@code prefix}; shared, never changed. */
  Listing list(String prefix) {
    long complete = progress.getAsLong();
    synchronized (this) {
      return new Listing(range(prefix), Math.max(complete, lastRevision), "", 0);
    }
  }

  private List<StoredObject> range(String prefix) {
    if (sorted == null) {
      sorted = newest.values().toArray(StoredObject[]::new);
    }
    int from = firstNotBefore(prefix);
    int to = firstNotBefore(prefix + Character.MAX_VALUE);
    return Arrays.asList(sorted).subList(from, to);
  }

  private int firstNotBefore(String key) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle].key().compareTo(key) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Begins a watch, so that nothing between its beginning and the next change is lost.
   *
   * @throws io.jkube.api.ApiException Expired when the changes it asks for are gone
   */
  Watcher watch(Selection selection, WatchOptions options) {
    long complete = progress.getAsLong();
    synchronized (this) {
      long now = Math.max(complete, lastRevision);
      var watcher =
          switch (options.start()) {
            case WatchOptions.Start.After after -> resume(selection, options, after.revision());
            case WatchOptions.Start.WithState any ->
                watcher(selection, options, range(selection.prefix()), now);
            case WatchOptions.Start.Now any -> watcher(selection, options, null, now);
          };
      watchers.add(watcher);
      return watcher;
    }
  }

  private Watcher resume(Selection selection, WatchOptions options, long revision) {
    if (revision < completeAfter) {
      throw Watcher.tooOld(revision + " (" + completeAfter + ")");
    }
    var watcher = watcher(selection, options, null, revision);
    for (var event : recent) {
      if (event.revision() > revision) {
        watcher.offer(event);
      }
    }
    return watcher;
  }

  private Watcher watcher(
      Selection selection, WatchOptions options, List<StoredObject> state, long revision) {
    return new Watcher(selection, options, state, revision, progress, this::remove);
  }

  private synchronized void remove(Watcher watcher) {
    watchers.remove(watcher);
  }

  synchronized int size() {
    return newest.size();
  }

  synchronized int watcherCount() {
    return watchers.size();
  }

  /** Ends all watches at once: their clients come back to a server that is there again. */
  void closeWatches() {
    all().forEach(Watcher::close);
  }

  /** Ends all watches when their clients have read what happened so far. */
  void endWatches() {
    all().forEach(Watcher::end);
  }

  private synchronized List<Watcher> all() {
    return new ArrayList<>(watchers);
  }
}
