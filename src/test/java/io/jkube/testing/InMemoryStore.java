package io.jkube.testing;

import io.jkube.store.Store;
import io.jkube.store.StoreEvent;
import io.jkube.store.StoreException;
import io.jkube.store.StoreWatch;
import io.jkube.store.Versioned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A store that forgets everything at its end. Keeps every event; one lock for all. */
public final class InMemoryStore implements Store {
  private final TreeMap<String, Versioned> newest = new TreeMap<>();
  private final List<StoreEvent.Change> events = new ArrayList<>();
  private long revision = 1;
  private long compacted;
  private boolean closed;
  private int watchAge;

  /** Ends the watches that there are, as a lost connection would. */
  public synchronized void endWatches() {
    watchAge++;
    notifyAll();
  }

  /** Ends the watches and compacts behind a write before they come back. */
  public synchronized void forgetWhileNobodyWatches(Runnable write) {
    endWatches();
    write.run();
    compacted = revision;
  }

  @Override
  public synchronized long revision() {
    return revision;
  }

  @Override
  public synchronized long compactRevision() {
    return compacted;
  }

  @Override
  public synchronized Optional<Versioned> get(String key) {
    return Optional.ofNullable(newest.get(key));
  }

  @Override
  public synchronized Page list(String prefix, String afterKey, int limit, long at) {
    if (at != NEWEST && at < compacted) {
      throw new StoreException.Compacted(at, compacted);
    }
    if (at > revision) {
      throw new StoreException.FutureRevision(at, revision);
    }
    var all =
        stateAt(at == NEWEST ? revision : at).values().stream()
            .filter(entry -> entry.key().startsWith(prefix) && entry.key().compareTo(afterKey) > 0)
            .toList();
    var page = limit == 0 ? all : all.subList(0, Math.min(limit, all.size()));
    return new Page(page, at == NEWEST ? revision : at, all.size() - page.size());
  }

  private TreeMap<String, Versioned> stateAt(long at) {
    var state = new TreeMap<String, Versioned>();
    for (var event : events) {
      if (event.revision() <= at) {
        switch (event) {
          case StoreEvent.Put put -> state.put(put.key(), put.current());
          case StoreEvent.Delete delete -> state.remove(delete.key());
        }
      }
    }
    return state;
  }

  @Override
  public synchronized long count(String prefix) {
    return newest.keySet().stream().filter(key -> key.startsWith(prefix)).count();
  }

  @Override
  public synchronized Versioned put(String key, byte[] value, long expected, Duration timeToLive) {
    var current = check(key, expected);
    revision++;
    long created = current == null ? revision : current.createRevision();
    var next = new Versioned(key, value, created, revision);
    newest.put(key, next);
    add(new StoreEvent.Put(next, current));
    return next;
  }

  @Override
  public synchronized Optional<StoreEvent.Delete> delete(String key, long expected) {
    var current = check(key, expected);
    if (current == null) {
      return Optional.empty();
    }
    revision++;
    newest.remove(key);
    var event = new StoreEvent.Delete(key, revision, current);
    add(event);
    return Optional.of(event);
  }

  private Versioned check(String key, long expected) {
    if (closed) {
      throw new StoreException.Unavailable("closed", null);
    }
    var current = newest.get(key);
    long found = current == null ? 0 : current.modRevision();
    if (expected != ANY && expected != found) {
      throw new StoreException.RevisionMismatch(key, expected, current);
    }
    return current;
  }

  private void add(StoreEvent.Change event) {
    events.add(event);
    notifyAll();
  }

  @Override
  public synchronized StoreWatch watch(String prefix, long afterRevision) {
    if (afterRevision != NEWEST && afterRevision < compacted) {
      throw new StoreException.Compacted(afterRevision, compacted);
    }
    return new Watch(prefix, afterRevision == NEWEST ? revision : afterRevision);
  }

  @Override
  public synchronized void compact(long at) {
    compacted = at;
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  private final class Watch implements StoreWatch {
    private final String prefix;
    private long after;
    private final int age = watchAge;
    private boolean ended;

    Watch(String prefix, long after) {
      this.prefix = prefix;
      this.after = after;
    }

    @Override
    public List<StoreEvent> next() throws InterruptedException {
      synchronized (InMemoryStore.this) {
        while (!ended && !closed && age == watchAge) {
          var fresh =
              events.stream()
                  .filter(event -> event.revision() > after && event.key().startsWith(prefix))
                  .toList();
          if (!fresh.isEmpty()) {
            after = fresh.getLast().revision();
            return List.copyOf(fresh);
          }
          InMemoryStore.this.wait();
        }
        return List.of();
      }
    }

    @Override
    public void close() {
      synchronized (InMemoryStore.this) {
        ended = true;
        InMemoryStore.this.notifyAll();
      }
    }
  }
}
