package io.jkube.apiserver.fairness;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Time as this package needs it; a test's stands still until it is moved. */
public interface Time {
  Time SYSTEM =
      new Time() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void after(Duration delay, Runnable action) {
          Executor here = Runnable::run; // the action is short: the JDK's own timer runs it
          CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, here)
              .execute(action);
        }
      };

  /** Of no meaning but its differences. */
  long nanos();

  /** Runs what takes no time and waits for nothing, later. */
  void after(Duration delay, Runnable action);
}
