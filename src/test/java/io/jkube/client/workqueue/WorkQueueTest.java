package io.jkube.client.workqueue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.metrics.TextFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class WorkQueueTest {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final InstantSource clock = () -> now;
  private final WorkQueue<String> queue = new WorkQueue<>(clock);

  @Test
  void aNameIsThereOnceInTheOrderItCame() {
    queue.add("b");
    queue.add("a");
    queue.add("b");
    assertEquals(Optional.of("b"), queue.poll());
    assertEquals(Optional.of("a"), queue.poll());
    assertEquals(Optional.empty(), queue.poll());
  }

  @Test
  void tellsWhatWentThroughIt() {
    queue.add("a");
    queue.add("a");
    queue.add("b");
    queue.poll();
    queue.retry("a");
    queue.done("a");
    var text = new TextFormat();
    QueueMetrics.write(text, Map.of("job", queue.metrics()));
    var lines = text.toString().lines().toList();
    for (var line :
        List.of(
            "workqueue_depth{name=\"job\"} 1",
            "workqueue_adds_total{name=\"job\"} 2",
            "workqueue_retries_total{name=\"job\"} 1",
            "workqueue_queue_duration_seconds_count{name=\"job\"} 1",
            "workqueue_work_duration_seconds_count{name=\"job\"} 1")) {
      assertTrue(lines.contains(line), line + " in " + lines);
    }
  }

  @Test
  void aNameInWorkComesAgainOnlyWhenTheWorkerIsDone() {
    queue.add("a");
    queue.poll();
    queue.add("a");
    assertEquals(Optional.empty(), queue.poll());
    queue.done("a");
    assertEquals(Optional.of("a"), queue.poll());
    queue.done("a");
    assertEquals(Optional.empty(), queue.poll());
  }

  @Test
  void aDelayedNameComesWhenItsTimeHasCome() {
    queue.addAfter("a", Duration.ofSeconds(10));
    pass(Duration.ofMillis(9_999));
    assertEquals(Optional.empty(), queue.poll());
    pass(Duration.ofMillis(1));
    assertEquals(Optional.of("a"), queue.poll());
  }

  @Test
  void ofSeveralDelaysTheSoonestCountsAndTheOthersDoNotComeLater() {
    queue.addAfter("a", Duration.ofSeconds(10));
    queue.addAfter("a", Duration.ofSeconds(5));
    queue.addAfter("a", Duration.ofSeconds(20));
    pass(Duration.ofSeconds(5));
    assertEquals(Optional.of("a"), queue.poll());
    queue.done("a");
    pass(Duration.ofMinutes(1));
    assertEquals(Optional.empty(), queue.poll());
  }

  @Test
  void retriesDoubleFromFiveMillisecondsToAThousandSeconds() {
    for (long millis = 5; millis < 1_000_000; millis *= 2) {
      assertRetriedAfter(Duration.ofMillis(millis));
    }
    assertRetriedAfter(Duration.ofSeconds(1000));
    assertRetriedAfter(Duration.ofSeconds(1000));
    queue.forget("a");
    assertEquals(0, queue.failures("a"));
    assertRetriedAfter(Duration.ofMillis(5));
  }

  @Test
  void closingReleasesTheOnesWhoWait() throws Exception {
    var waiting = new CompletableFuture<Optional<String>>();
    var real = new WorkQueue<String>(Clock.systemUTC());
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                waiting.complete(real.take());
              } catch (InterruptedException unexpected) {
                waiting.completeExceptionally(unexpected);
              }
            });
    real.close();
    assertEquals(Optional.empty(), waiting.get(5, TimeUnit.SECONDS));
    real.add("late");
    assertEquals(Optional.empty(), real.poll());
  }

  @Test
  void aWaitingWorkerIsWokenByADelayThatEnds() throws InterruptedException {
    try (var real = new WorkQueue<String>(Clock.systemUTC())) {
      long began = System.nanoTime();
      real.addAfter("a", Duration.ofMillis(30));
      assertEquals(Optional.of("a"), real.take());
      assertTrue(System.nanoTime() - began >= Duration.ofMillis(29).toNanos());
    }
  }

  @Test
  @Timeout(30)
  void aClockThatJumpsDoesNotLeaveAWorkerAsleep() throws Exception {
    queue.addAfter("a", Duration.ofHours(1));
    var taken = new FutureTask<>(queue::take);
    var worker = Thread.ofPlatform().start(taken);
    while (worker.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    pass(Duration.ofHours(2));
    queue.addAfter("a", Duration.ofSeconds(1));
    assertEquals(Optional.of("a"), taken.get());
  }

  private void assertRetriedAfter(Duration delay) {
    queue.retry("a");
    pass(delay.minusMillis(1));
    assertEquals(Optional.empty(), queue.poll(), "before " + delay);
    pass(Duration.ofMillis(1));
    assertEquals(Optional.of("a"), queue.poll(), "after " + delay);
    queue.done("a");
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }
}
