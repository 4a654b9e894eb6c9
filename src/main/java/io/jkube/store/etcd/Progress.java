package io.jkube.store.etcd;

import io.etcd.jetcd.Watch;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has etcd tell the watches how far they are, while one has not come to a revision that somebody
 * knows of: others may have written keys that it does not watch. Owns its thread.
 */
final class Progress implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

  /** As often as upstream's API server asks; etcd says nothing while a watch catches up. */
  private static final Duration ASK_EVERY = Duration.ofMillis(100);

  private final Watch client;
  private final Set<EtcdWatch> watches;
  private final AtomicLong wanted = new AtomicLong();
  private final Thread thread;
  private volatile boolean closed;

  Progress(Watch client, Set<EtcdWatch> watches) {
    this.client = client;
    this.watches = watches;
    this.thread = Thread.ofVirtual().name("etcd-progress").start(this::run);
  }

  void want(long revision) {
    wanted.accumulateAndGet(revision, Math::max);
    if (isBehind()) {
      LockSupport.unpark(thread);
    }
  }

  private boolean isBehind() {
    long revision = wanted.get();
    return watches.stream().anyMatch(watch -> !watch.hasReached(revision));
  }

  private void run() {
    while (!closed) {
      if (isBehind()) {
        ask();
        LockSupport.parkNanos(ASK_EVERY.toNanos());
      } else {
        LockSupport.park();
      }
    }
  }

  private void ask() {
    try {
      client.requestProgress();
    } catch (RuntimeException lost) {
      LOG.debug("etcd was not asked for progress: {}", lost.toString());
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
