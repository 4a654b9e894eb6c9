package io.jkube.controller.runtime;

import io.jkube.api.ApiException;
import io.jkube.api.ObjectKey;
import io.jkube.api.StatusReason;
import io.jkube.api.metrics.MetricsSource;
import io.jkube.api.metrics.TextFormat;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.client.workqueue.QueueMetrics;
import io.jkube.client.workqueue.WorkQueue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one reconciler: its informers tell which names changed, virtual threads take the names from
 * a queue once every informer is complete. The one place that retries.
 */
public final class ControllerRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControllerRunner.class);

  /** Waiting for informers goes on after it; it only bounds a single wait. */
  private static final Duration SYNC_WAIT = Duration.ofMinutes(1);

  /** How long a call that does not heed its interruption may hold up {@link #close}. */
  private static final Duration LONGEST_END = Duration.ofSeconds(2);

  private final String name;
  private final Reconciler reconciler;
  private final WorkQueue<ObjectKey> queue;
  private final List<AutoCloseable> owned = new ArrayList<>();
  private final List<Informer<?>> informers = new ArrayList<>();
  private final List<Informer<?>> awaited = new ArrayList<>();
  private final List<MetricsSource> sources = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final int workers;

  /** Null: for ever. */
  private Duration longestSync;

  private final CountDownLatch synced = new CountDownLatch(1);
  private volatile boolean closed;

  /**
   * @param name of the controller, for logs and threads
   * @param workers how many names are worked on at a time
   */
  public ControllerRunner(String name, Reconciler reconciler, int workers, InstantSource clock) {
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be positive: " + workers);
    }
    this.name = name;
    this.reconciler = reconciler;
    this.workers = workers;
    this.queue = new WorkQueue<>(clock);
  }

  /** The informer is started, awaited and closed with this runner; before {@link #start} only. */
  public <T> ControllerRunner watch(Informer<T> informer, ObjectHandler<T> handler) {
    informer.addHandler(handler);
    return read(informer);
  }

  /** As {@link #watch} for an informer whose changes call for nothing. */
  public ControllerRunner read(Informer<?> informer) {
    informers.add(informer);
    awaited.add(informer);
    return this;
  }

  /** As {@link #watch}, for an informer that others share: it is awaited, not started or closed. */
  public <T> ControllerRunner follow(Informer<T> shared, ObjectHandler<T> handler) {
    shared.addHandler(handler);
    awaited.add(shared);
    return this;
  }

  /** As {@link #follow} for an informer whose changes call for nothing. */
  public ControllerRunner follow(Informer<?> shared) {
    awaited.add(shared);
    return this;
  }

  /** Begins to work after that time at the latest, whatever informer is not complete. */
  public ControllerRunner awaitAtMost(Duration limit) {
    this.longestSync = limit;
    return this;
  }

  /** Something to close with this runner, after its workers. */
  public ControllerRunner owns(AutoCloseable part) {
    owned.add(part);
    return this;
  }

  /** What the controller tells of itself beside what its queue tells. */
  public ControllerRunner tells(MetricsSource counts) {
    sources.add(counts);
    return this;
  }

  /** What these runners count, each family once. */
  public static void write(TextFormat text, List<ControllerRunner> runners) {
    var queues = new LinkedHashMap<String, QueueMetrics>();
    runners.forEach(each -> queues.put(QueueNames.of(each.name), each.queue.metrics()));
    QueueMetrics.write(text, queues);
    runners.forEach(each -> each.sources.forEach(source -> source.writeTo(text)));
  }

  public void enqueue(ObjectKey key) {
    queue.add(key);
  }

  /** The name is worked on when the delay is over, unless it is before for another reason. */
  public void enqueueAfter(ObjectKey key, Duration delay) {
    queue.addAfter(key, delay);
  }

  public ControllerRunner start() {
    informers.forEach(Informer::start);
    threads.add(Thread.ofVirtual().name(name + " sync").start(this::noteSync));
    for (int i = 1; i <= workers; i++) {
      threads.add(Thread.ofVirtual().name(name + " " + i).start(this::work));
    }
    return this;
  }

  /** Waits until the informers are complete and the workers work; false when they are not yet. */
  public boolean awaitSynced(Duration limit) throws InterruptedException {
    return synced.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Ends informers and workers; what a worker is at is interrupted, and waited for: who comes next,
   * here or on another server, must find everything that was written.
   */
  @Override
  public void close() {
    close(List.of(this));
  }

  /** As {@link #close()}, all at once: one that does not end holds up no other. */
  public static void close(List<ControllerRunner> runners) {
    runners.forEach(ControllerRunner::interrupt);
    long deadline = System.nanoTime() + LONGEST_END.toNanos();
    try {
      for (var runner : runners) {
        runner.awaitEnd(deadline);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    runners.forEach(runner -> runner.owned.forEach(runner::close));
  }

  private void interrupt() {
    closed = true;
    queue.close();
    informers.forEach(Informer::close);
    threads.forEach(Thread::interrupt);
  }

  private void awaitEnd(long deadline) throws InterruptedException {
    for (var thread : threads) {
      if (!thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
        LOG.warn("{}: {} has not ended after {}", name, thread.getName(), LONGEST_END);
        return;
      }
    }
  }

  private void close(AutoCloseable part) {
    try {
      part.close();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (Exception failure) {
      LOG.warn("{}: closing failed", name, failure);
    }
  }

  private void noteSync() {
    try {
      long began = System.nanoTime();
      for (var informer : awaited) {
        awaitSynced(informer, began);
      }
      synced.countDown();
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitSynced(Informer<?> informer, long began) throws InterruptedException {
    while (true) {
      var left =
          longestSync == null
              ? SYNC_WAIT
              : longestSync.minusNanos(Math.min(System.nanoTime() - began, longestSync.toNanos()));
      if (informer.awaitSynced(left)) {
        return;
      }
      if (longestSync != null) {
        LOG.warn("{}: begins without the list of {}", name, informer.resource());
        return;
      }
      LOG.warn("{}: still waiting for the list of {}", name, informer.resource());
    }
  }

  private void work() {
    try {
      synced.await();
      for (var key = queue.take(); key.isPresent(); key = queue.take()) {
        workOn(key.get());
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private void workOn(ObjectKey key) throws InterruptedException {
    try {
      var result = reconciler.reconcile(key);
      queue.forget(key);
      switch (result) {
        case Result.Done() -> {}
        case Result.After(var delay) -> queue.addAfter(key, delay);
      }
    } catch (InterruptedException end) {
      throw end;
    } catch (Exception | Error failure) { // a worker that died of one object would fail all others
      if (closed) {
        return;
      }
      log(key, failure);
      queue.retry(key);
    } finally {
      queue.done(key);
    }
  }

  /** Somebody was faster: the usual course of things, no news to anybody. */
  private void log(ObjectKey key, Throwable failure) {
    if (failure instanceof ApiException api && api.reason() == StatusReason.CONFLICT) {
      LOG.debug("{}: {}: {}", name, key, failure.getMessage());
    } else if (failure instanceof ApiException) {
      LOG.warn("{}: {} is tried again: {}", name, key, failure.getMessage());
    } else {
      LOG.error("{}: {} is tried again", name, key, failure);
    }
  }
}
