package io.jkube.kubelet.runtime.docker.http;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Closes links whose time is up: a Unix-domain channel knows no read timeout of its own. One daemon
 * thread for all of them.
 */
final class Watchdog {
  private static final ScheduledThreadPoolExecutor TIMER = timer();

  private Watchdog() {}

  /** A running watch; {@link #barked} tells whether it closed what it watched. */
  static final class Watch {
    private final ScheduledFuture<?> pending;
    private volatile boolean barked;

    private Watch(Closeable watched, Duration timeout) {
      this.pending =
          timeout == null
              ? null
              : TIMER.schedule(() -> bark(watched), timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void bark(Closeable watched) {
      barked = true;
      try {
        watched.close();
      } catch (IOException alreadyClosed) {
        // Nobody waits on it any more, which is all that was wanted.
      }
    }

    boolean barked() {
      return barked;
    }

    void end() {
      if (pending != null) {
        pending.cancel(false);
      }
    }
  }

  /**
   * @param timeout null for none
   */
  static Watch over(Closeable watched, Duration timeout) {
    return new Watch(watched, timeout);
  }

  private static ScheduledThreadPoolExecutor timer() {
    var timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("engine-watchdog").factory());
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }
}
