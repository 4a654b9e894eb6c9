package io.jkube.store.embedded;

import io.jkube.store.FolderLock;
import io.jkube.store.Store;
import io.jkube.store.StoreEvent;
import io.jkube.store.StoreException;
import io.jkube.store.StoreWatch;
import io.jkube.store.Versioned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The store of one process in one folder. Reads come from memory and never wait; writes wait for
 * their commit. Watches can resume from before a restart, as far as history reaches.
 */
public final class EmbeddedStore implements Store {
  private final FolderLock lock;
  private final History history = new History();
  private final Writer writer;
  private final InstantSource clock;
  private final List<EmbeddedWatch> watches = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  private EmbeddedStore(
      Path folder, InstantSource clock, EmbeddedStoreSettings settings, FolderLock lock) {
    this.lock = lock;
    this.clock = clock;
    var journal = new Journal(folder, settings.cacheMebibytes());
    this.writer = new Writer(history, journal, new Retention(settings), clock, this::tellWatches);
  }

  /**
   * Whether some process has the store in this folder open at this moment.
   *
   * @throws IOException it cannot be found out
   */
  public static boolean isOpen(Path folder) throws IOException {
    return FolderLock.isHeld(folder);
  }

  /**
   * Opens the state in a folder, or begins it.
   *
   * @param clock decides when keys expire and how old history is
   * @throws StoreException.Locked when another store has it open
   * @throws StoreException.Unavailable when it cannot be read: damaged, of another format, an I/O
   *     error
   */
  public static EmbeddedStore open(Path folder, InstantSource clock) {
    return open(folder, clock, EmbeddedStoreSettings.DEFAULTS);
  }

  public static EmbeddedStore open(
      Path folder, InstantSource clock, EmbeddedStoreSettings settings) {
    try {
      Files.createDirectories(folder);
      var lock = FolderLock.acquire(folder);
      boolean opened = false;
      try {
        FormatMarker.check(folder, Files.exists(folder.resolve(Journal.FILE)));
        var store = new EmbeddedStore(folder, clock, settings, lock);
        store.writer.start();
        opened = true;
        return store;
      } finally {
        if (!opened) {
          lock.close();
        }
      }
    } catch (IOException failure) {
      throw new StoreException.Unavailable(
          "cannot open the state in " + folder + ": " + failure, failure);
    }
  }

  @Override
  public long revision() {
    requireOpen();
    return history.revision();
  }

  @Override
  public long compactRevision() {
    requireOpen();
    return history.compactRevision();
  }

  @Override
  public Optional<Versioned> get(String key) {
    requireOpen();
    return Optional.ofNullable(history.get(key));
  }

  @Override
  public Page list(String prefix, String afterKey, int limit, long revision) {
    requireOpen();
    if (limit < 0 || revision < 0) {
      throw new IllegalArgumentException("limit " + limit + ", revision " + revision);
    }
    return history.list(prefix, afterKey, limit, revision);
  }

  @Override
  public long count(String prefix) {
    requireOpen();
    return history.count(prefix);
  }

  @Override
  public Versioned put(String key, byte[] value, long expectedModRevision, Duration timeToLive) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    if (expectedModRevision < ANY) {
      throw new IllegalArgumentException("expected mod revision " + expectedModRevision);
    }
    long deadline = timeToLive == null ? 0 : clock.instant().plus(timeToLive).toEpochMilli();
    requireOpen();
    var answer = new CompletableFuture<Versioned>();
    return writer.await(new Command.Put(key, value, expectedModRevision, deadline, answer), answer);
  }

  @Override
  public Optional<StoreEvent.Delete> delete(String key, long expectedModRevision) {
    Objects.requireNonNull(key, "key");
    if (expectedModRevision < ANY || expectedModRevision == ABSENT) {
      throw new IllegalArgumentException("expected mod revision " + expectedModRevision);
    }
    requireOpen();
    var answer = new CompletableFuture<Optional<StoreEvent.Delete>>();
    return writer.await(new Command.Delete(key, expectedModRevision, answer), answer);
  }

  @Override
  public StoreWatch watch(String prefix, long afterRevision) {
    requireOpen();
    long newest = history.revision();
    if (afterRevision > newest) {
      throw new StoreException.FutureRevision(afterRevision, newest);
    }
    long after = afterRevision == NEWEST ? newest : afterRevision;
    if (after < history.compactRevision() && afterRevision != NEWEST) {
      throw new StoreException.Compacted(afterRevision, history.compactRevision());
    }
    var watch = new EmbeddedWatch(history, prefix, after, watches::remove);
    watches.add(watch);
    if (closed) {
      watch.close();
    }
    return watch;
  }

  private void tellWatches(long before, long now, List<StoreEvent.Change> events) {
    for (var watch : watches) {
      watch.published(before, now, events);
    }
  }

  @Override
  public void compact(long revision) {
    requireOpen();
    var answer = new CompletableFuture<Void>();
    writer.await(new Command.Compact(revision, answer), answer);
  }

  private void requireOpen() {
    if (closed) {
      throw new StoreException.Unavailable("the store is closed", null);
    }
  }

  /** Safe to call again; the second call waits for the first. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    watches.forEach(StoreWatch::close);
    writer.stop();
    try {
      lock.close();
    } catch (IOException failure) {
      throw new StoreException.Unavailable("cannot release the state: " + failure, failure);
    }
  }
}
