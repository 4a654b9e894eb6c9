package io.jkube.store.etcd;

import io.jkube.store.Store;
import io.jkube.store.StoreException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets, every few minutes, what was superseded before the last time. Owns its thread. */
final class Upkeep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  private final Store store;
  private final Duration interval;
  private final Thread thread;
  private volatile boolean closed;

  private Upkeep(Store store, Duration interval) {
    this.store = store;
    this.interval = interval;
    this.thread = Thread.ofVirtual().name("etcd-compaction").unstarted(this::run);
  }

  static Upkeep start(Store store, Duration interval) {
    var upkeep = new Upkeep(store, interval);
    upkeep.thread.start();
    return upkeep;
  }

  private void run() {
    long last = Store.NEWEST;
    while (true) {
      LockSupport.parkNanos(interval.toNanos());
      if (closed) {
        return;
      }
      try {
        if (last != Store.NEWEST) {
          store.compact(last);
        }
      } catch (StoreException.Compacted others) {
        LOG.debug("Another server compacted further: {}", others.getMessage());
      } catch (StoreException lost) {
        LOG.warn("The history could not be compacted: {}", lost.getMessage());
      }
      last = newest(last);
    }
  }

  private long newest(long otherwise) {
    try {
      return store.revision();
    } catch (StoreException lost) {
      LOG.debug("etcd does not answer: {}", lost.getMessage());
      return otherwise;
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
