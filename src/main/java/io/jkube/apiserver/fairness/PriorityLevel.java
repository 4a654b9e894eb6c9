package io.jkube.apiserver.fairness;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * A priority level: its seats, and who waits for some. Thread-safe, by one lock that is held for a
 * few instructions; outlives changes of its size.
 */
final class PriorityLevel {
  private final String name;
  private final Time time;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock, but that the volatile ones are read without it.
  private final Demand demand;
  private volatile Shape shape;
  private volatile Limits limits;
  private volatile Standing standing = new Standing(0, 0);
  private int executing;
  private int taken;
  private int waiting;
  private List<Queue> queues = List.of();
  private long turn;

  /**
   * What the level is like.
   *
   * @param exempt whether its requests run at once in any case
   * @param queues none where requests beyond the seats are refused
   * @param handSize how many queues a flow may wait in
   */
  record Shape(String uid, boolean exempt, int queues, int handSize, int queueLength) {
    /** Out of a PriorityLevelConfiguration. */
    static Shape of(String uid, JsonNode spec) {
      if (spec.path("type").asText().equals("Exempt")) {
        return new Shape(uid, true, 0, 0, 0);
      }
      var queuing = spec.path("limited").path("limitResponse").path("queuing");
      int queues = queuing.path("queues").asInt();
      return new Shape(
          uid,
          false,
          queues,
          Math.min(queuing.path("handSize").asInt(), queues),
          queuing.path("queueLengthLimit").asInt());
    }
  }

  /**
   * How many seats it has until the next adjustment.
   *
   * @param target how many it was held to need
   */
  record Standing(int limit, double target) {}

  /** What became of a request. */
  enum Outcome {
    SEATED,
    CONCURRENCY_LIMIT,
    QUEUE_FULL,
    TIME_OUT;

    /** As the metrics name it. */
    String reason() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Not a record: two of them are never the same. */
  private static final class Waiter {
    final Work work;
    final FlowTally tally;
    final CountDownLatch seated = new CountDownLatch(1);

    Waiter(Work work, FlowTally tally) {
      this.work = work;
      this.tally = tally;
    }
  }

  private static final class Queue {
    private final Deque<Waiter> waiters = new ArrayDeque<>();

    /** Seats that are waited for. */
    private int seats;

    /** The turn in which it was last served: seats it was given, so to speak. */
    private long served;
  }

  PriorityLevel(String name, Shape shape, Limits limits, Time time) {
    this.name = name;
    this.time = time;
    this.demand = new Demand(time.nanos());
    reshape(shape, limits);
    limit(limits.nominal(), limits.nominal());
  }

  String name() {
    return name;
  }

  Shape shape() {
    return shape;
  }

  Limits limits() {
    return limits;
  }

  Standing standing() {
    return standing;
  }

  Demand.Figures demand() {
    lock.lock();
    try {
      return demand.figures();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the while over which the demand is told. */
  Demand.Figures endOfWhile(long nanos) {
    lock.lock();
    try {
      return demand.end(nanos);
    } finally {
      lock.unlock();
    }
  }

  /** Seats taken now, and by those that were answered and linger. */
  int taken() {
    lock.lock();
    try {
      return taken;
    } finally {
      lock.unlock();
    }
  }

  int waiting() {
    lock.lock();
    try {
      return waiting;
    } finally {
      lock.unlock();
    }
  }

  /** Who waits goes on waiting where they are. */
  void reshape(Shape next, Limits between) {
    lock.lock();
    try {
      var grown = new ArrayList<>(queues);
      while (grown.size() < next.queues()) {
        grown.add(new Queue());
      }
      queues = grown;
      shape = next;
      limits = between;
      seatWaiters();
    } finally {
      lock.unlock();
    }
  }

  /** So many seats there are from now on; who has more keeps them. */
  void limit(int seats, double target) {
    lock.lock();
    try {
      standing = new Standing(seats, target);
      seatWaiters();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes seats; waits for them where that is foreseen.
   *
   * @param flow tells flows apart; asked only where one has to wait
   */
  Outcome take(Work work, FlowTally tally, LongSupplier flow, Duration limit)
      throws InterruptedException {
    var waiter = new Waiter(work, tally);
    Queue queue;
    lock.lock();
    try {
      if (waiting == 0 && hasRoomFor(work)) {
        demand.change(work.seats(), time.nanos());
        seat(waiter);
        return Outcome.SEATED;
      }
      if (shape.queues() == 0) {
        return Outcome.CONCURRENCY_LIMIT;
      }
      queue = smallest(flow.getAsLong());
      if (queue.waiters.size() >= shape.queueLength()) {
        return Outcome.QUEUE_FULL;
      }
      enqueue(queue, waiter);
    } finally {
      lock.unlock();
    }
    return await(queue, waiter, limit);
  }

  private Outcome await(Queue queue, Waiter waiter, Duration limit) throws InterruptedException {
    try {
      if (waiter.seated.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        return Outcome.SEATED;
      }
    } catch (InterruptedException stop) {
      if (!leave(queue, waiter)) {
        end(waiter.work, waiter.tally);
      }
      throw stop;
    }
    return leave(queue, waiter) ? Outcome.TIME_OUT : Outcome.SEATED;
  }

  /**
   * Of a request that has been answered; its seats are free at once, or when they have lingered.
   */
  void end(Work work, FlowTally tally) {
    boolean lingers = !work.lingering().isZero();
    lock.lock();
    try {
      executing--;
      tally.ended();
      if (!lingers) {
        free(work, tally);
      }
    } finally {
      lock.unlock();
    }
    if (lingers) {
      time.after(work.lingering(), () -> freeLater(work, tally));
    }
  }

  private void freeLater(Work work, FlowTally tally) {
    lock.lock();
    try {
      free(work, tally);
    } finally {
      lock.unlock();
    }
  }

  private void free(Work work, FlowTally tally) {
    taken -= work.seats();
    tally.freed(work);
    demand.change(-work.seats(), time.nanos());
    seatWaiters();
  }

  /** What is wider than all seats together runs alone. */
  private boolean hasRoomFor(Work work) {
    int limit = standing.limit();
    return shape.exempt()
        || taken + work.seats() <= limit
        || work.seats() > limit && executing == 0;
  }

  private void seat(Waiter waiter) {
    executing++;
    taken += waiter.work.seats();
    waiter.tally.seated(waiter.work);
    waiter.seated.countDown();
  }

  private void enqueue(Queue queue, Waiter waiter) {
    if (queue.waiters.isEmpty()) {
      queue.served = Math.max(queue.served, turn); // who had nothing to ask gains nothing by it
    }
    queue.waiters.add(waiter);
    queue.seats += waiter.work.seats();
    waiting++;
    demand.change(waiter.work.seats(), time.nanos());
    waiter.tally.enqueued(waiter.work, queue.waiters.size());
  }

  /** Of the queues that are dealt to the flow, the one with the least to do. */
  private Queue smallest(long flow) {
    Queue best = null;
    for (int index : ShuffleShard.hand(flow, shape.queues(), shape.handSize())) {
      var queue = queues.get(index);
      if (best == null || queue.seats < best.seats) {
        best = queue;
      }
    }
    return best;
  }

  /** Nobody overtakes who is next, however wide: else the wide would wait for ever. */
  private void seatWaiters() {
    while (waiting > 0) {
      var next = next();
      var first = next.waiters.peek();
      if (!hasRoomFor(first.work)) {
        first.tally.noRoom();
        return;
      }
      turn = next.served;
      next.served += first.work.seats();
      remove(next, first);
      seat(first);
    }
  }

  private Queue next() {
    Queue next = null;
    for (var queue : queues) {
      if (!queue.waiters.isEmpty() && (next == null || queue.served < next.served)) {
        next = queue;
      }
    }
    return next;
  }

  private boolean remove(Queue queue, Waiter waiter) {
    boolean waited = queue.waiters.remove(waiter);
    if (waited) {
      queue.seats -= waiter.work.seats();
      waiting--;
      waiter.tally.left(waiter.work);
    }
    return waited;
  }

  /** Whether it still waited. */
  private boolean leave(Queue queue, Waiter waiter) {
    lock.lock();
    try {
      boolean waited = remove(queue, waiter);
      if (waited) {
        demand.change(-waiter.work.seats(), time.nanos());
        seatWaiters(); // it may have stood in the way
      }
      return waited;
    } finally {
      lock.unlock();
    }
  }
}
