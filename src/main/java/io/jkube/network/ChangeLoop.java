package io.jkube.network;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A thread that does its step at the beginning and after every change. Changes that come during a
 * step make one further step together.
 */
final class ChangeLoop implements AutoCloseable {
  /** How long a step that has to be done again waits when nothing changes. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** What a loop does. */
  @FunctionalInterface
  interface Step {
    /** Returns whether it is done; false when it has to be done again after a pause. */
    boolean run() throws InterruptedException;
  }

  private final Semaphore changes = new Semaphore(0);
  private final CountDownLatch first = new CountDownLatch(1);
  private final Thread thread;

  ChangeLoop(String name, Step step) {
    this.thread = Thread.ofVirtual().name(name).unstarted(() -> run(step));
  }

  void start() {
    thread.start();
  }

  void changed() {
    changes.release();
  }

  /** Waits until a step was done; false when none is yet. */
  boolean awaitFirst(Duration limit) throws InterruptedException {
    return first.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run(Step step) {
    try {
      while (true) {
        changes.drainPermits();
        if (step.run()) {
          first.countDown();
          changes.acquire();
        } else {
          changes.tryAcquire(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }
}
