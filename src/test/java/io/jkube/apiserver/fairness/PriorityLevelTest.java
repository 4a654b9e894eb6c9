package io.jkube.apiserver.fairness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.apiserver.fairness.PriorityLevel.Outcome;
import io.jkube.testing.Await;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class PriorityLevelTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final ManualTime time = new ManualTime();
  private final FlowTally tally = new FlowTally("schema", "level");

  private PriorityLevel level(int seats, int queues, int hand, int length) {
    return level(new PriorityLevel.Shape("uid", false, queues, hand, length), seats);
  }

  private PriorityLevel level(PriorityLevel.Shape shape, int seats) {
    return new PriorityLevel("level", shape, new Limits(seats, seats, seats, 0), time);
  }

  private Outcome take(PriorityLevel level, String flow) {
    return take(level, Work.ONE_SEAT, flow, LONG);
  }

  private Outcome take(PriorityLevel level, Work work, String flow, Duration limit) {
    try {
      return level.take(work, tally, () -> ShuffleShard.hash(flow), limit);
    } catch (InterruptedException stop) {
      throw new AssertionError(stop);
    }
  }

  private void release(PriorityLevel level) {
    level.end(Work.ONE_SEAT, tally);
  }

  @Test
  void withoutQueuesWhatIsTooMuchIsRefused() {
    var level = level(2, 0, 0, 0);
    assertEquals(Outcome.SEATED, take(level, "a"));
    assertEquals(Outcome.SEATED, take(level, "a"));
    assertEquals(Outcome.CONCURRENCY_LIMIT, take(level, "b"));
    release(level);
    assertEquals(Outcome.SEATED, take(level, "b"));
  }

  @Test
  void anExemptLevelHasNoEnd() {
    var level = level(new PriorityLevel.Shape("uid", true, 0, 0, 0), 0);
    for (int i = 0; i < 10_000; i++) {
      assertEquals(Outcome.SEATED, take(level, "first"));
    }
    assertEquals(10_000, level.taken());
  }

  @Test
  void whoIsNoisyWaitsBehindThemselves() throws Exception {
    var level = level(1, 64, 4, 50);
    assertEquals(Outcome.SEATED, take(level, "first"));
    var order = new CopyOnWriteArrayList<String>();
    var steps = new Semaphore(0);
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 100; i++) {
        clients.submit(() -> run(level, "noisy", order, steps));
      }
      Await.until(() -> level.waiting() == 100);
      clients.submit(() -> run(level, "quiet", order, steps));
      Await.until(() -> level.waiting() == 101);
      steps.release(101);
      release(level);
    }
    assertEquals(101, order.size());
    assertTrue(order.indexOf("quiet") < 10, "served after " + order.indexOf("quiet") + " others");
    assertEquals(0, level.taken());
    assertEquals(0, level.waiting());
  }

  private void run(PriorityLevel level, String flow, List<String> order, Semaphore steps) {
    assertEquals(Outcome.SEATED, take(level, flow));
    steps.acquireUninterruptibly();
    order.add(flow);
    release(level);
  }

  @Test
  void fullQueuesRefuseAndOthersStillFindRoom() throws Exception {
    var level = level(1, 64, 2, 3);
    assertEquals(Outcome.SEATED, take(level, "first"));
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 6; i++) {
        clients.submit(() -> take(level, "noisy"));
      }
      Await.until(() -> level.waiting() == 6);
      assertEquals(Outcome.QUEUE_FULL, take(level, "noisy"));
      clients.submit(() -> take(level, "quiet"));
      Await.until(() -> level.waiting() == 7);
      for (int i = 0; i < 8; i++) {
        release(level);
      }
    }
  }

  @Test
  void whoWaitsTooLongIsRefusedAndHoldsNothing() throws Exception {
    var level = level(1, 4, 1, 10);
    assertEquals(Outcome.SEATED, take(level, "first"));
    assertEquals(Outcome.TIME_OUT, take(level, Work.ONE_SEAT, "late", Duration.ofMillis(1)));
    assertEquals(0, level.waiting());
    release(level);
    assertEquals(Outcome.SEATED, take(level, "first"));
    assertEquals(1, level.taken());
  }

  @Test
  void moreSeatsSeatThoseWhoWait() throws Exception {
    var level = level(1, 4, 1, 10);
    assertEquals(Outcome.SEATED, take(level, "first"));
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var seated = clients.submit(() -> take(level, "a"));
      Await.until(() -> level.waiting() == 1);
      level.limit(2, 2);
      assertEquals(Outcome.SEATED, seated.get());
    }
  }

  @Test
  void aWideRequestTakesManySeatsAndIsNotOvertaken() throws Exception {
    var level = level(4, 8, 2, 10);
    var wide = Work.of(3);
    assertEquals(Outcome.SEATED, take(level, Work.of(2), "first", LONG));
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var waits = clients.submit(() -> take(level, wide, "wide", LONG));
      Await.until(() -> level.waiting() == 1);
      assertEquals(Outcome.TIME_OUT, take(level, Work.ONE_SEAT, "small", Duration.ofMillis(1)));
      level.end(Work.of(2), tally);
      assertEquals(Outcome.SEATED, waits.get());
      assertEquals(3, level.taken());
      assertEquals(Outcome.SEATED, take(level, "small"));
    }
  }

  @Test
  void whatIsWiderThanTheLevelRunsAlone() {
    var level = level(2, 8, 2, 10);
    assertEquals(Outcome.SEATED, take(level, "small"));
    assertEquals(Outcome.TIME_OUT, take(level, Work.of(5), "wide", Duration.ofMillis(1)));
    release(level);
    assertEquals(Outcome.SEATED, take(level, Work.of(5), "wide", LONG));
    assertEquals(Outcome.TIME_OUT, take(level, Work.ONE_SEAT, "small", Duration.ofMillis(1)));
    level.end(Work.of(5), tally);
    assertEquals(0, level.taken());
  }

  @Test
  void seatsLingerBehindAnAnsweredRequest() {
    var level = level(2, 8, 2, 10);
    var write = new Work(2, Duration.ofMillis(10));
    assertEquals(Outcome.SEATED, take(level, write, "writer", LONG));
    level.end(write, tally);
    assertEquals(2, level.taken());
    time.pass(Duration.ofMillis(9));
    assertEquals(Outcome.TIME_OUT, take(level, Work.ONE_SEAT, "other", Duration.ofMillis(1)));
    time.pass(Duration.ofMillis(1));
    assertEquals(Outcome.SEATED, take(level, "other"));
    assertEquals(1, level.taken());
  }

  @Test
  void demandIsWhatRunsAndWhatWaits() throws Exception {
    var level = level(1, 8, 2, 10);
    assertEquals(Outcome.SEATED, take(level, "first"));
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      clients.submit(() -> take(level, Work.of(3), "second", LONG));
      Await.until(() -> level.waiting() == 1);
      time.pass(Duration.ofSeconds(10));
      var demand = level.endOfWhile(time.nanos());
      assertEquals(4, demand.most());
      assertEquals(4, demand.average(), 1e-9);
      release(level);
    }
  }

  @Test
  void whoIsInterruptedWhileWaitingHoldsNothing() throws Exception {
    var level = level(1, 8, 2, 10);
    assertEquals(Outcome.SEATED, take(level, "first"));
    var waits = new FutureTask<>(() -> level.take(Work.ONE_SEAT, tally, () -> 0, LONG));
    var waiter = Thread.ofVirtual().start(waits);
    Await.until(() -> level.waiting() == 1);
    waiter.interrupt();
    var ended = assertThrows(ExecutionException.class, waits::get);
    assertInstanceOf(InterruptedException.class, ended.getCause());
    assertEquals(0, level.waiting());
    release(level);
    assertEquals(0, level.taken());
  }

  @Test
  void noSeatIsLostOrGivenTwiceUnderLoad() throws Exception {
    var level = level(3, 8, 2, 1000);
    var most = new java.util.concurrent.atomic.AtomicInteger();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int client = 0; client < 20; client++) {
        var flow = "flow-" + client;
        clients.submit(
            () -> {
              for (int i = 0; i < 500; i++) {
                assertEquals(Outcome.SEATED, take(level, flow));
                most.accumulateAndGet(level.taken(), Math::max);
                Thread.yield();
                release(level);
              }
            });
      }
    }
    assertEquals(0, level.taken());
    assertEquals(0, level.waiting());
    assertTrue(most.get() <= 3, "at most three at a time, not " + most);
  }

  @Test
  void handsAreDealtWellAndDiffer() {
    var hands = new HashSet<String>();
    for (int i = 0; i < 1000; i++) {
      int[] hand = ShuffleShard.hand(ShuffleShard.hash("user-" + i), 128, 6);
      var cards = java.util.Arrays.stream(hand).boxed().collect(Collectors.toSet());
      assertEquals(6, cards.size());
      assertTrue(cards.stream().allMatch(card -> card >= 0 && card < 128));
      hands.add(cards.toString());
    }
    assertTrue(hands.size() > 990, hands.size() + " of 1000 flows have hands of their own");
    assertFalse(hands.isEmpty());
  }
}
