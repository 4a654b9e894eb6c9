package io.jkube.cluster.snapshot;

import io.jkube.apiserver.storage.StorageKeys;
import io.jkube.store.Store;
import io.jkube.store.StoreException;
import io.jkube.store.Versioned;
import io.jkube.store.etcd.EtcdSettings;
import io.jkube.store.etcd.EtcdStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A place in an etcd where nothing is. Revisions are the etcd's own. Writes side by side, from
 * threads of its own.
 */
final class EtcdDestination implements Destination {
  private static final Logger LOG = LoggerFactory.getLogger(EtcdDestination.class);
  private static final int WRITES_AT_ONCE = 256;
  private static final Duration LEAST_TIME_TO_LIVE = Duration.ofSeconds(1);

  private final Store store;
  private final InstantSource clock;
  private final ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<?>> underWay = new ArrayList<>();

  /** What is there and has to go again unless the rest comes too. */
  private final Queue<Written> written = new ConcurrentLinkedQueue<>();

  private boolean kept;

  private record Written(String key, long revision) {}

  private EtcdDestination(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * @throws SnapshotException something is there already
   * @throws StoreException.Unavailable the etcd does not answer
   */
  static EtcdDestination of(EtcdSettings settings, InstantSource clock) throws SnapshotException {
    var store = EtcdStore.open(settings);
    boolean free = false;
    try {
      if (store.count(StorageKeys.ROOT) > 0) {
        throw new SnapshotException(
            "there are keys below %s in the etcd already; choose another --etcd-prefix"
                .formatted(settings.prefix()));
      }
      free = true;
      return new EtcdDestination(store, clock);
    } finally {
      if (!free) {
        store.close();
      }
    }
  }

  @Override
  public void add(Versioned entry, Instant deadline) {
    underWay.add(writers.submit(() -> write(entry, deadline)));
    if (underWay.size() == WRITES_AT_ONCE) {
      await();
    }
  }

  private void write(Versioned entry, Instant deadline) {
    Duration timeToLive = null;
    if (deadline != null) {
      var left = Duration.between(clock.instant(), deadline);
      timeToLive = left.compareTo(LEAST_TIME_TO_LIVE) < 0 ? LEAST_TIME_TO_LIVE : left;
    }
    var put = store.put(entry.key(), entry.value(), Store.ABSENT, timeToLive);
    written.add(new Written(put.key(), put.modRevision()));
  }

  private void await() {
    StoreException failure = null;
    for (var write : underWay) {
      try {
        write.get();
      } catch (ExecutionException failed) {
        failure =
            failed.getCause() instanceof StoreException known
                ? known
                : new StoreException.Unavailable(failed.getCause().toString(), failed);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        throw new StoreException.Unavailable("interrupted while etcd was written", stop);
      }
    }
    underWay.clear();
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void finish(long revision) {
    await();
  }

  @Override
  public void keep() {
    kept = true;
  }

  @Override
  public void close() {
    writers.close();
    try {
      if (!kept) {
        written.forEach(entry -> store.delete(entry.key(), entry.revision()));
      }
    } catch (StoreException lost) {
      LOG.warn("What was written to etcd could not be removed again: {}", lost.getMessage());
    } finally {
      store.close();
    }
  }
}
