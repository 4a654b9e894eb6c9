package io.jkube.kubelet.runtime.fake;

import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the fake runtimes of all nodes of a cluster share: one thread that tells of events and ends
 * programs, however many nodes there are, and the addresses of pods. Thread-safe.
 */
public final class FakeEngine implements AutoCloseable {
  private static final int FIRST_ADDRESS = 2;

  private final InstantSource clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("fake-engine").factory());
  private final AtomicInteger nextAddress = new AtomicInteger(FIRST_ADDRESS);

  public FakeEngine(InstantSource clock) {
    this.clock = clock;
  }

  /** The view of one more node. */
  public FakeRuntime runtime() {
    return new FakeRuntime(this, Program.SHELL_WORDS);
  }

  InstantSource clock() {
    return clock;
  }

  /** An address that no pod has, unless there were 65,000 since. */
  String freeAddress() {
    int number = nextAddress.getAndIncrement();
    return "10.244." + (number >> 8 & 255) + "." + (number & 255);
  }

  /** Runs it on the one thread; nothing after the end. */
  void later(Runnable work, long millis) {
    try {
      timer.schedule(work, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException ended) {
      // Nobody is told any more.
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
