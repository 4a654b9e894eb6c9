package io.jkube.apiserver.fairness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.apiserver.fairness.PriorityLevel.Outcome;
import io.jkube.testing.Await;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class PriorityLevelTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private static PriorityLevel level(int seats, int queues, int hand, int length) {
    return new PriorityLevel("level", new PriorityLevel.Shape("uid", seats, queues, hand, length));
  }

  private static Outcome take(PriorityLevel level, String flow) {
    try {
      return level.takeAtOnce() ? Outcome.SEATED : level.take(ShuffleShard.hash(flow), LONG);
    } catch (InterruptedException stop) {
      throw new AssertionError(stop);
    }
  }

  @Test
  void withoutQueuesWhatIsTooMuchIsRefused() {
    var level = level(2, 0, 0, 0);
    assertEquals(Outcome.SEATED, take(level, "a"));
    assertEquals(Outcome.SEATED, take(level, "a"));
    assertEquals(Outcome.CONCURRENCY_LIMIT, take(level, "b"));
    level.release();
    assertEquals(Outcome.SEATED, take(level, "b"));
  }

  @Test
  void anExemptLevelHasNoEnd() {
    var level = level(-1, 0, 0, 0);
    for (int i = 0; i < 10_000; i++) {
      assertTrue(level.takeAtOnce());
    }
    assertEquals(10_000, level.executing());
  }

  @Test
  void whoIsNoisyWaitsBehindThemselves() throws Exception {
    var level = level(1, 64, 4, 50);
    assertTrue(level.takeAtOnce());
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
      level.release();
    }
    assertEquals(101, order.size());
    assertTrue(order.indexOf("quiet") < 10, "served after " + order.indexOf("quiet") + " others");
    assertEquals(0, level.executing());
    assertEquals(0, level.waiting());
  }

  private static void run(PriorityLevel level, String flow, List<String> order, Semaphore steps) {
    assertEquals(Outcome.SEATED, take(level, flow));
    steps.acquireUninterruptibly();
    order.add(flow);
    level.release();
  }

  @Test
  void fullQueuesRefuseAndOthersStillFindRoom() throws Exception {
    var level = level(1, 64, 2, 3);
    assertTrue(level.takeAtOnce());
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 6; i++) {
        clients.submit(() -> take(level, "noisy"));
      }
      Await.until(() -> level.waiting() == 6);
      assertEquals(Outcome.QUEUE_FULL, take(level, "noisy"));
      clients.submit(() -> take(level, "quiet"));
      Await.until(() -> level.waiting() == 7);
      for (int i = 0; i < 8; i++) {
        level.release();
      }
    }
  }

  @Test
  void whoWaitsTooLongIsRefusedAndHoldsNothing() throws Exception {
    var level = level(1, 4, 1, 10);
    assertTrue(level.takeAtOnce());
    assertEquals(Outcome.TIME_OUT, level.take(1, Duration.ofMillis(1)));
    assertEquals(0, level.waiting());
    level.release();
    assertTrue(level.takeAtOnce());
    assertEquals(1, level.executing());
  }

  @Test
  void moreSeatsSeatThoseWhoWait() throws Exception {
    var level = level(1, 4, 1, 10);
    assertTrue(level.takeAtOnce());
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var seated = clients.submit(() -> take(level, "a"));
      Await.until(() -> level.waiting() == 1);
      level.resize(new PriorityLevel.Shape("uid", 2, 4, 1, 10));
      assertEquals(Outcome.SEATED, seated.get());
    }
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
                most.accumulateAndGet(level.executing(), Math::max);
                Thread.yield();
                level.release();
              }
            });
      }
    }
    assertEquals(0, level.executing());
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
