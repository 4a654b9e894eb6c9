package io.jkube.apiserver.fairness;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A priority level: its seats, and who waits for one. Thread-safe; outlives changes of its size.
 */
final class PriorityLevel {
  private final String name;
  private final AtomicInteger executing = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private volatile int waiting;
  private volatile Shape shape;

  // Guarded by the lock.
  private List<Queue> queues = List.of();
  private long turn;

  /**
   * @param seats how many requests run at a time; negative for any number
   * @param queues none where requests beyond the seats are refused
   * @param handSize how many queues a flow may wait in
   */
  record Shape(String uid, int seats, int queues, int handSize, int queueLength) {
    boolean exempt() {
      return seats < 0;
    }

    /** Out of a PriorityLevelConfiguration. */
    static Shape of(String uid, JsonNode spec, int seats) {
      if (spec.path("type").asText().equals("Exempt")) {
        return new Shape(uid, -1, 0, 0, 0);
      }
      var queuing = spec.path("limited").path("limitResponse").path("queuing");
      int queues = queuing.path("queues").asInt();
      return new Shape(
          uid,
          seats,
          queues,
          Math.min(queuing.path("handSize").asInt(), queues),
          queuing.path("queueLengthLimit").asInt());
    }
  }

  /** What became of a request. */
  enum Outcome {
    SEATED,
    CONCURRENCY_LIMIT,
    QUEUE_FULL,
    TIME_OUT
  }

  private static final class Queue {
    private final Deque<CountDownLatch> waiters = new ArrayDeque<>();

    /** The turn in which it was last served. */
    private long served;
  }

  PriorityLevel(String name, Shape shape) {
    this.name = name;
    resize(shape);
  }

  String name() {
    return name;
  }

  Shape shape() {
    return shape;
  }

  int executing() {
    return executing.get();
  }

  int waiting() {
    return waiting;
  }

  /** Who waits goes on waiting where they are. */
  void resize(Shape next) {
    lock.lock();
    try {
      var grown = new ArrayList<>(queues);
      while (grown.size() < next.queues()) {
        grown.add(new Queue());
      }
      queues = grown;
      shape = next;
      seatWaiters();
    } finally {
      lock.unlock();
    }
  }

  /** Takes a seat, unless none is free or others wait for it. */
  boolean takeAtOnce() {
    return waiting == 0 && takeFree();
  }

  /**
   * Takes a seat; waits for one where that is foreseen.
   *
   * @param flow tells flows apart
   */
  Outcome take(long flow, Duration limit) throws InterruptedException {
    if (shape.queues() == 0) {
      return takeFree() ? Outcome.SEATED : Outcome.CONCURRENCY_LIMIT;
    }
    var seated = new CountDownLatch(1);
    var queue = enqueue(flow, seated);
    if (queue == null) {
      return Outcome.QUEUE_FULL;
    }
    try {
      if (seated.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        return Outcome.SEATED;
      }
    } catch (InterruptedException stop) {
      if (!leave(queue, seated)) {
        release();
      }
      throw stop;
    }
    return leave(queue, seated) ? Outcome.TIME_OUT : Outcome.SEATED;
  }

  /** Gives a seat back. */
  void release() {
    executing.decrementAndGet();
    if (waiting > 0) {
      lock.lock();
      try {
        seatWaiters();
      } finally {
        lock.unlock();
      }
    }
  }

  private boolean takeFree() {
    int now = executing.get();
    while (shape.exempt() || now < shape.seats()) {
      if (executing.compareAndSet(now, now + 1)) {
        return true;
      }
      now = executing.get();
    }
    return false;
  }

  /** Null when its queues are full. */
  private Queue enqueue(long flow, CountDownLatch waiter) {
    lock.lock();
    try {
      var queue = shortest(flow);
      if (queue.waiters.size() >= shape.queueLength()) {
        return null;
      }
      if (queue.waiters.isEmpty()) {
        queue.served = Math.max(queue.served, turn); // who had nothing to ask gains nothing by it
      }
      queue.waiters.add(waiter);
      waiting++;
      seatWaiters(); // who gave a seat back meanwhile saw nobody wait
      return queue;
    } finally {
      lock.unlock();
    }
  }

  /** Of the queues that are dealt to the flow. */
  private Queue shortest(long flow) {
    Queue best = null;
    for (int index : ShuffleShard.hand(flow, shape.queues(), shape.handSize())) {
      var queue = queues.get(index);
      if (best == null || queue.waiters.size() < best.waiters.size()) {
        best = queue;
      }
    }
    return best;
  }

  private void seatWaiters() {
    while (waiting > 0 && takeFree()) {
      Queue next = null;
      for (var queue : queues) {
        if (!queue.waiters.isEmpty() && (next == null || queue.served < next.served)) {
          next = queue;
        }
      }
      turn = next.served;
      next.served++;
      waiting--;
      next.waiters.poll().countDown();
    }
  }

  /** Whether it still waited. */
  private boolean leave(Queue queue, CountDownLatch waiter) {
    lock.lock();
    try {
      boolean waited = queue.waiters.remove(waiter);
      if (waited) {
        waiting--;
      }
      return waited;
    } finally {
      lock.unlock();
    }
  }
}
