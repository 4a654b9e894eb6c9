package io.jkube.client.workqueue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A queue of distinct names with delays and per-name backoff. Thread-safe.
 *
 * <p>A worker takes a name, works, then calls {@link #done}; if it failed {@link #retry} before, if
 * it succeeded {@link #forget}.
 *
 * @param <K> a name: a value with equals and hashCode
 */
public final class WorkQueue<K> implements AutoCloseable {
  /** The delay of a name's first retry; each further one doubles it. */
  public static final Duration FIRST_RETRY = Duration.ofMillis(5);

  public static final Duration LONGEST_RETRY = Duration.ofSeconds(1000);

  private record Delayed<K>(K name, Instant due) {}

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Ready to be taken, in order; each of them is also dirty. */
  private final Deque<K> ready = new ArrayDeque<>();

  /** Names with work to do (ready, or in progress and added again), and since when. */
  private final Map<K, Long> dirty = new HashMap<>();

  /** Names that are worked on, each with the {@link System#nanoTime} at which that began. */
  private final Map<K, Long> inProgress = new HashMap<>();

  private final QueueMetrics metrics = new QueueMetrics(this::depth);
  private final PriorityQueue<Delayed<K>> delayed =
      new PriorityQueue<>(Comparator.comparing(Delayed::due));
  private final Map<K, Instant> dueByName = new HashMap<>();
  private final Map<K, Integer> failures = new HashMap<>();
  private boolean closed;

  public WorkQueue(InstantSource clock) {
    this.clock = clock;
  }

  public void add(K name) {
    lock.lock();
    try {
      enqueue(name);
    } finally {
      lock.unlock();
    }
  }

  /** Adds the name when the delay has passed; of several delays of a name the soonest counts. */
  public void addAfter(K name, Duration delay) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      if (!delay.isPositive()) {
        enqueue(name);
        return;
      }
      var due = clock.instant().plus(delay);
      var earlier = dueByName.get(name);
      if (earlier == null || due.isBefore(earlier)) {
        dueByName.put(name, due);
        delayed.add(new Delayed<>(name, due));
      }
      changed.signal(); // also of the earlier one: the clock may have jumped past it
    } finally {
      lock.unlock();
    }
  }

  /** Adds the name after its backoff: 5 ms, doubled by each retry since it was last forgotten. */
  public void retry(K name) {
    lock.lock();
    try {
      int failed = failures.merge(name, 1, Integer::sum);
      metrics.retried();
      addAfter(name, backoff(failed));
    } finally {
      lock.unlock();
    }
  }

  /** The name's next retry begins at the shortest backoff. */
  public void forget(K name) {
    lock.lock();
    try {
      failures.remove(name);
    } finally {
      lock.unlock();
    }
  }

  /** How often the name was retried since it was last forgotten. */
  public int failures(K name) {
    lock.lock();
    try {
      return failures.getOrDefault(name, 0);
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a name; empty once the queue is closed. */
  public Optional<K> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed) {
        var name = next();
        if (name != null) {
          return Optional.of(name);
        }
        awaitChange();
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  public QueueMetrics metrics() {
    return metrics;
  }

  private int depth() {
    lock.lock();
    try {
      return ready.size();
    } finally {
      lock.unlock();
    }
  }

  /** A name that is ready now, or empty. */
  public Optional<K> poll() {
    lock.lock();
    try {
      return closed ? Optional.empty() : Optional.ofNullable(next());
    } finally {
      lock.unlock();
    }
  }

  /** The worker has ended with a name it took; added meanwhile, the name is ready again. */
  public void done(K name) {
    lock.lock();
    try {
      var begun = inProgress.remove(name);
      if (begun != null) {
        metrics.worked(System.nanoTime() - begun);
      }
      if (dirty.containsKey(name)) {
        ready.add(name);
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Everyone who waits in {@link #take} gets nothing; what was added is dropped. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void enqueue(K name) {
    if (closed || dirty.containsKey(name)) {
      return;
    }
    dirty.put(name, System.nanoTime());
    metrics.added();
    if (inProgress.containsKey(name)) {
      return;
    }
    ready.add(name);
    changed.signal();
  }

  private K next() {
    promoteDue();
    var name = ready.poll();
    if (name != null) {
      long now = System.nanoTime();
      metrics.waited(now - dirty.remove(name));
      inProgress.put(name, now);
    }
    return name;
  }

  private void promoteDue() {
    if (delayed.isEmpty()) {
      return;
    }
    var now = clock.instant();
    while (!delayed.isEmpty() && !delayed.peek().due().isAfter(now)) {
      var due = delayed.poll();
      if (dueByName.remove(due.name(), due.due())) {
        enqueue(due.name());
      }
    }
  }

  private void awaitChange() throws InterruptedException {
    if (delayed.isEmpty()) {
      changed.await();
    } else {
      var wait = Duration.between(clock.instant(), delayed.peek().due());
      changed.await(Math.max(1, wait.toNanos()), TimeUnit.NANOSECONDS);
    }
  }

  private static Duration backoff(int failed) {
    var delay = FIRST_RETRY.multipliedBy(1L << Math.min(failed - 1, 30));
    return delay.compareTo(LONGEST_RETRY) < 0 ? delay : LONGEST_RETRY;
  }
}
