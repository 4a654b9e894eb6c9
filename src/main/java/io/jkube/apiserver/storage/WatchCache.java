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

  /** Of all of them together. */
  private long bytes;

  private final ArrayDeque<CacheEvent> recent = new ArrayDeque<>();

  /** Those who want to know of every change; the others are in the index. */
  private final Set<Watcher> watchers = new LinkedHashSet<>();

  private final Optional<FieldIndex> index;

  /** The newest state in order; null when it changed since. */
  private StoredObject[] sorted;

  /** Changes after this revision are all in {@link #recent}. */
  private long completeAfter;

  /** Written under the lock. */
  private volatile long lastRevision;

  /** That of the last write of this server, which may not have come back yet. */
  private final AtomicLong lastWritten = new AtomicLong();

  /**
   * @param prefix what all keys of the kind start with
   * @param progress up to which revision all caches are complete
   */
  WatchCache(String prefix, List<Versioned> entries, long revision, LongSupplier progress) {
    this.progress = progress;
    this.index = FieldIndex.of(prefix);
    fill(entries, revision);
  }

  /** Starts over from a listing; who watched must list afresh. */
  synchronized void reset(List<Versioned> entries, long revision) {
    for (var watcher : all()) {
      watcher.fail(Watcher.tooOld("the server lost track of the changes before " + revision));
    }
    watchers.clear();
    index.ifPresent(FieldIndex::clear);
    newest.clear();
    bytes = 0;
    recent.clear();
    fill(entries, revision);
  }

  private void fill(List<Versioned> entries, long revision) {
    for (var entry : entries) {
      var object = StoredObject.of(entry);
      newest.put(entry.key(), object);
      bytes += object.length();
      index.ifPresent(fields -> fields.add(object));
    }
    sorted = null;
    completeAfter = revision;
    lastRevision = revision;
  }

  /** Takes over one change. Called by the feed only, in order. */
  synchronized void apply(StoreEvent.Change change) {
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
    bytes += length(event.current()) - length(event.previous());
    lastRevision = event.revision();
    recent.addLast(event);
    if (recent.size() > MAX_RECENT_EVENTS) {
      completeAfter = recent.removeFirst().revision();
    }
    for (var watcher : watchers) {
      watcher.offer(event);
    }
    index.ifPresent(fields -> fields.apply(event));
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

  /** Those of the selection, or more: what the keys and the index tell. */
  Listing candidates(Selection selection) {
    var wanted = index.flatMap(fields -> fields.wantedBy(selection));
    if (wanted.isEmpty()) {
      return list(selection.prefix());
    }
    long complete = progress.getAsLong();
    synchronized (this) {
      var items = indexed(selection.prefix(), wanted.get());
      return new Listing(items, Math.max(complete, lastRevision), "", 0);
    }
  }

  /**
   * The objects whose indexed field has this value.
   *
   * @throws java.util.NoSuchElementException when the kind has no index
   */
  synchronized List<StoredObject> indexed(String prefix, String value) {
    return index.orElseThrow().with(value).stream()
        .filter(object -> object.key().startsWith(prefix))
        .toList();
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
                watcher(selection, options, candidates(selection).items(), now);
            case WatchOptions.Start.Now any -> watcher(selection, options, null, now);
          };
      var wanted = index.flatMap(fields -> fields.wantedBy(selection));
      if (wanted.isPresent()) {
        index.get().add(wanted.get(), watcher);
      } else {
        watchers.add(watcher);
      }
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
    if (!watchers.remove(watcher)) {
      index.ifPresent(fields -> fields.remove(watcher));
    }
  }

  synchronized int size() {
    return newest.size();
  }

  synchronized int watcherCount() {
    return all().size();
  }

  synchronized WatchCaches.Volume volume() {
    return new WatchCaches.Volume(newest.size(), bytes);
  }

  /** Those that look at this key; but not those that the index spares most changes. */
  synchronized int watchesOf(String key) {
    int count = 0;
    for (var watcher : watchers) {
      if (watcher.isAbout(key)) {
        count++;
      }
    }
    return count;
  }

  private static long length(StoredObject object) {
    return object == null ? 0 : object.length();
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
    var everyone = new ArrayList<>(watchers);
    index.ifPresent(fields -> everyone.addAll(fields.watchers()));
    return everyone;
  }
}
