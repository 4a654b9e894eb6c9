package io.jkube.client.informer;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Waits that double from first to longest, each spread by up to its half. For one thread. */
final class RetryDelay {
  private final long firstNanos;
  private final long longestNanos;
  private long nextNanos;

  RetryDelay(Duration first, Duration longest) {
    this.firstNanos = first.toNanos();
    this.longestNanos = longest.toNanos();
    this.nextNanos = firstNanos;
  }

  /** The next wait begins from the shortest again. */
  void reset() {
    nextNanos = firstNanos;
  }

  /** How long to wait now; the next answer is twice as long. */
  long nextNanos() {
    long nanos = nextNanos;
    nextNanos = Math.min(longestNanos, nanos * 2);
    return nanos / 2 + ThreadLocalRandom.current().nextLong(nanos / 2 + 1);
  }

  void await() throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(nextNanos());
  }
}
