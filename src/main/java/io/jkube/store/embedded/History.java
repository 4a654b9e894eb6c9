package io.jkube.store.embedded;

import io.jkube.store.Store;
import io.jkube.store.StoreEvent;
import io.jkube.store.StoreException;
import io.jkube.store.Versioned;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * All keys with their versions, and all events, back to the last compaction.
 *
 * <p>One thread, the writer, applies and publishes and compacts. Readers take no lock; they read
 * the published revision first, ignore what is newer, and at the end make sure that no compaction
 * passed them.
 */
final class History {
  /** Of a new store. */
  static final long FIRST_REVISION = 1;

  private static final int EVENT_OVERHEAD_BYTES = 150;

  private final ConcurrentNavigableMap<String, Version> keys =
      new ConcurrentSkipListMap<>(KeyOrder.INSTANCE);
  private final ConcurrentNavigableMap<Long, StoreEvent.Change> events =
      new ConcurrentSkipListMap<>();
  private volatile long revision = FIRST_REVISION;
  private volatile long compactRevision;

  /** The writer's: of superseded values and of the events themselves. */
  private long heldBytes;

  private long heldEvents;

  long revision() {
    return revision;
  }

  long compactRevision() {
    return compactRevision;
  }

  // Readers

  Versioned get(String key) {
    while (true) {
      long asOf = revision;
      var versions = keys.get(key);
      var found = versions == null ? null : versions.at(asOf);
      if (found != null || asOf >= compactRevision) {
        return found;
      }
    }
  }

  /** See {@link Store#list}. */
  Store.Page list(String prefix, String afterKey, int limit, long asked) {
    while (true) {
      long newest = revision;
      if (asked > newest) {
        throw new StoreException.FutureRevision(asked, newest);
      }
      long asOf = asked == Store.NEWEST ? newest : asked;
      var page = page(prefix, afterKey, limit, asOf);
      if (asOf >= compactRevision) {
        return page;
      }
      if (asked != Store.NEWEST) {
        throw new StoreException.Compacted(asked, compactRevision);
      }
    }
  }

  private Store.Page page(String prefix, String afterKey, int limit, long asOf) {
    var entries = new ArrayList<Versioned>();
    long remaining = 0;
    for (var entry : from(prefix, afterKey).entrySet()) {
      if (!entry.getKey().startsWith(prefix)) {
        break;
      }
      var value = entry.getValue().at(asOf);
      if (value != null) {
        if (limit == 0 || entries.size() < limit) {
          entries.add(value);
        } else {
          remaining++;
        }
      }
    }
    return new Store.Page(entries, asOf, remaining);
  }

  long count(String prefix) {
    var page = list(prefix, "", 1, Store.NEWEST);
    return page.entries().size() + page.remaining();
  }

  private ConcurrentNavigableMap<String, Version> from(String prefix, String afterKey) {
    return KeyOrder.INSTANCE.compare(afterKey, prefix) < 0
        ? keys.tailMap(prefix, true)
        : keys.tailMap(afterKey, afterKey.isEmpty());
  }

  /**
   * Changes of keys with the prefix, in order.
   *
   * @param after the revision behind which to begin
   * @param upTo the last revision to look at
   * @throws StoreException.Compacted when they are partly gone
   */
  List<StoreEvent.Change> events(String prefix, long after, long upTo, int limit) {
    var found = new ArrayList<StoreEvent.Change>();
    for (var event : events.subMap(after, false, upTo, true).values()) {
      if (event.key().startsWith(prefix)) {
        found.add(event);
        if (found.size() == limit) {
          break;
        }
      }
    }
    if (after < compactRevision) {
      throw new StoreException.Compacted(after, compactRevision);
    }
    return found;
  }

  // The writer

  /** What a key holds, published or not; null when it does not exist. */
  Versioned newest(String key) {
    var versions = keys.get(key);
    return versions == null ? null : versions.newest();
  }

  /** Takes a change over; readers see it once its revision is published. */
  StoreEvent.Change apply(long at, Change change) {
    var older = keys.get(change.key());
    var previous = older == null ? null : older.newest();
    var current =
        change.isDeletion()
            ? null
            : new Versioned(change.key(), change.value(), change.createRevision(), at);
    if (current == null && previous == null) {
      throw new StoreException.Unavailable(
          "the state is damaged: revision " + at + " deletes a key that is not there", null);
    }
    keys.put(change.key(), new Version(at, current, older));
    if (at <= compactRevision) {
      return null;
    }
    var event =
        current == null
            ? new StoreEvent.Delete(change.key(), at, previous)
            : new StoreEvent.Put(current, previous);
    events.put(at, event);
    heldEvents++;
    heldBytes += bytes(event);
    return event;
  }

  void publish(long newRevision) {
    revision = newRevision;
  }

  /** Begins a history that was compacted in an earlier life. */
  void startAt(long compactedAt) {
    compactRevision = compactedAt;
    revision = Math.max(FIRST_REVISION, compactedAt);
  }

  /**
   * The revisions whose changes a compaction makes superfluous: superseded values and deletions.
   */
  List<Long> supersededBy(long newCompactRevision) {
    var superseded = new ArrayList<Long>();
    for (var event : events.headMap(newCompactRevision, true).values()) {
      switch (event) {
        case StoreEvent.Put put -> {
          if (put.previous() != null) {
            superseded.add(put.previous().modRevision());
          }
        }
        case StoreEvent.Delete delete -> {
          superseded.add(delete.previous().modRevision());
          superseded.add(delete.revision());
        }
      }
    }
    return superseded;
  }

  /** Forgets. Readers that are under way notice by the compact revision, set first. */
  void compact(long newCompactRevision) {
    compactRevision = newCompactRevision;
    var gone = events.headMap(newCompactRevision, true);
    for (var event : gone.values()) {
      var versions = keys.get(event.key());
      if (versions != null && !versions.cut(newCompactRevision)) {
        keys.remove(event.key());
      }
      heldEvents--;
      heldBytes -= bytes(event);
    }
    gone.clear();
  }

  long heldEvents() {
    return heldEvents;
  }

  long heldBytes() {
    return heldBytes;
  }

  /** The revision to compact at so that no more than these bytes are held. */
  long compactionFor(long maxBytes) {
    long excess = heldBytes - maxBytes;
    long at = compactRevision;
    for (var event : events.values()) {
      if (excess <= 0 || event.revision() > revision) {
        break;
      }
      excess -= bytes(event);
      at = event.revision();
    }
    return at;
  }

  private static long bytes(StoreEvent.Change event) {
    var previous =
        switch (event) {
          case StoreEvent.Put put -> put.previous();
          case StoreEvent.Delete delete -> delete.previous();
        };
    return EVENT_OVERHEAD_BYTES + (previous == null ? 0 : previous.value().length);
  }
}
