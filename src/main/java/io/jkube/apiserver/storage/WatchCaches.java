package io.jkube.apiserver.storage;

import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.ObjectKey;
import io.jkube.api.StatusReason;
import io.jkube.store.Store;
import io.jkube.store.StoreEvent;
import io.jkube.store.StoreException;
import io.jkube.store.StoreWatch;
import io.jkube.store.Versioned;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watch caches of all kinds, each filled when first asked for, and the thread that feeds them
 * from one watch of the whole store. Because there is one ordered feed, a single number says up to
 * which revision every cache is complete.
 */
public final class WatchCaches implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WatchCaches.class);
  private static final long MAX_WAIT_FOR_REVISION_MILLIS = 3_000;
  private static final long RETRY_AFTER_MILLIS = 500;

  private final Store store;
  private final Map<String, WatchCache> byPrefix = new ConcurrentHashMap<>();

  /** Held while changes are applied, and while a cache is filled at the revision applied. */
  private final ReentrantLock applying = new ReentrantLock();

  private final Condition advanced = applying.newCondition();
  private volatile long applied;
  private volatile boolean closed;
  private volatile StoreWatch watch;
  private final Thread feed;

  /** Starts the feed; caches are complete from the store's present revision on. */
  public WatchCaches(Store store) {
    this.store = store;
    this.applied = store.revision();
    this.watch = store.watch(StorageKeys.ROOT, applied);
    this.feed = Thread.ofVirtual().name("watch-caches").start(this::feed);
  }

  /** Up to which revision every cache is complete. */
  long applied() {
    return applied;
  }

  WatchCache of(GroupVersionResource resource) {
    var prefix = StorageKeys.prefix(resource);
    var known = byPrefix.get(prefix);
    return known != null ? known : fill(prefix);
  }

  /** Told of each write of this server: {@link SettledKind} waits for it. */
  void written(String key, long revision) {
    var cache = cacheOf(key);
    if (cache != null) {
      cache.written(revision);
    }
  }

  private WatchCache fill(String prefix) {
    applying.lock();
    try {
      while (true) {
        var known = byPrefix.get(prefix);
        if (known != null) {
          return known;
        }
        try {
          var entries = store.list(prefix, "", 0, applied).entries();
          var filled = new WatchCache(prefix, entries, applied, this::applied);
          byPrefix.put(prefix, filled);
          return filled;
        } catch (StoreException.Compacted behind) {
          awaitChange(RETRY_AFTER_MILLIS);
        }
      }
    } finally {
      applying.unlock();
    }
  }

  /**
   * Waits until the caches hold what was committed before this call.
   *
   * @throws ApiException Timeout when they do not get there in time
   */
  void awaitNewest() {
    awaitRevision(store.revision());
  }

  void awaitRevision(long revision) {
    if (applied >= revision) {
      return;
    }
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MAX_WAIT_FOR_REVISION_MILLIS);
    applying.lock();
    try {
      while (applied < revision) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0 || closed) {
          throw tooLarge(revision);
        }
        awaitChange(left);
      }
    } finally {
      applying.unlock();
    }
  }

  /** What upstream says of a revision that is not there yet. */
  ApiException tooLarge(long revision) {
    var details = io.jkube.api.Json.object();
    details
        .putArray("causes")
        .addObject()
        .put("reason", "ResourceVersionTooLarge")
        .put("message", "Too large resource version");
    details.put("retryAfterSeconds", 1);
    return new ApiException(
        StatusReason.TIMEOUT,
        "Too large resource version: " + revision + ", current: " + applied,
        details);
  }

  private void awaitChange(long millis) {
    try {
      advanced.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new ApiException(StatusReason.SERVICE_UNAVAILABLE, "the server is stopping");
    }
  }

  /** Whether the feed runs. */
  public boolean isFed() {
    return !closed && feed.isAlive();
  }

  /** How many objects and watchers the caches of each prefix hold, for the metrics. */
  public Map<String, Size> sizes() {
    var sizes = new java.util.TreeMap<String, Size>();
    byPrefix.forEach(
        (prefix, cache) -> sizes.put(prefix, new Size(cache.size(), cache.watcherCount())));
    return sizes;
  }

  /** What one cache holds. */
  public record Size(int objects, int watchers) {}

  /** How much of a kind is at hand; nothing of one that nobody asked for yet. */
  public Volume volume(GroupVersionResource resource) {
    var cache = byPrefix.get(StorageKeys.prefix(resource));
    return cache == null ? new Volume(0, 0) : cache.volume();
  }

  /** How much one cache holds. */
  public record Volume(int objects, long bytes) {}

  /**
   * How many watches are told of a change.
   *
   * @param key without a name for an object that has none yet
   */
  public int watchesOf(GroupVersionResource resource, ObjectKey key) {
    var cache = byPrefix.get(StorageKeys.prefix(resource));
    return cache == null ? 0 : cache.watchesOf(StorageKeys.key(resource, key));
  }

  private void feed() {
    while (!closed) {
      try {
        var changes = watch.next();
        if (!changes.isEmpty()) {
          apply(changes);
        } else if (!closed) {
          recover(this::watchOn);
        }
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
        return;
      } catch (StoreException.Compacted late) {
        LOG.warn("The watch caches fell behind the store: {}", late.getMessage());
        recover(this::startOver);
      } catch (StoreException lost) {
        LOG.warn("The watch of the store ended: {}", lost.getMessage());
        recover(this::watchOn);
      }
    }
  }

  private void apply(List<StoreEvent> events) {
    applying.lock();
    try {
      for (var event : events) {
        if (event instanceof StoreEvent.Change change) {
          apply(change);
        }
      }
      applied = events.getLast().revision();
      advanced.signalAll();
    } finally {
      applying.unlock();
    }
  }

  private void apply(StoreEvent.Change change) {
    var cache = cacheOf(change.key());
    if (cache != null) {
      cache.apply(change);
    }
  }

  /** A prefix is one or two words below the root: {@code pods/}, {@code services/specs/}. */
  private WatchCache cacheOf(String key) {
    int first = key.indexOf('/', StorageKeys.ROOT.length());
    if (first < 0) {
      return null;
    }
    var found = byPrefix.get(key.substring(0, first + 1));
    if (found != null) {
      return found;
    }
    int second = key.indexOf('/', first + 1);
    return second < 0 ? null : byPrefix.get(key.substring(0, second + 1));
  }

  /** Tries until the store can be watched again, or the server ends. */
  private void recover(Runnable way) {
    applying.lock();
    try {
      watch.close();
      while (!closed) {
        try {
          way.run();
          return;
        } catch (StoreException.Compacted late) {
          way = this::startOver;
        } catch (StoreException still) {
          LOG.debug("The store cannot be watched yet: {}", still.getMessage());
          awaitChange(RETRY_AFTER_MILLIS);
        }
      }
    } catch (ApiException stopping) {
      closed = true;
    } finally {
      applying.unlock();
    }
  }

  /** Goes on where the last watch ended. */
  private void watchOn() {
    watch = store.watch(StorageKeys.ROOT, applied);
  }

  /** Fills every cache anew: what was between is not known. */
  private void startOver() {
    long revision = store.revision();
    for (var entry : byPrefix.entrySet()) {
      List<Versioned> entries = store.list(entry.getKey(), "", 0, revision).entries();
      entry.getValue().reset(entries, revision);
    }
    watch = store.watch(StorageKeys.ROOT, revision);
    applied = revision;
    advanced.signalAll();
  }

  @Override
  public void close() {
    closed = true;
    watch.close();
    feed.interrupt();
    byPrefix.values().forEach(WatchCache::closeWatches);
  }
}
