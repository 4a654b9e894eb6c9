package io.jkube.cluster;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Keeps the heap from growing over garbage. The serial collector looks at old objects only once the
 * largest heap is full, and what a cluster forgets after minutes, such as history, is old by then:
 * it would fill gigabytes first. So a full collection is asked for when the heap has outgrown what
 * lived after the last one.
 */
final class HeapBound implements AutoCloseable {
  static final long SPARE_BYTES = 128L << 20;
  private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

  private final LongSupplier taken;
  private final LongSupplier free;
  private final Runnable collect;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Of the heap; belongs to whoever looks. */
  private long mostBytes;

  /**
   * @param taken bytes of the heap, used or not
   * @param free bytes of these that are not used
   */
  HeapBound(LongSupplier taken, LongSupplier free, Runnable collect) {
    this.taken = taken;
    this.free = free;
    this.collect = collect;
    this.mostBytes = taken.getAsLong() + SPARE_BYTES;
  }

  /** Looks after this process' heap on a thread of its own. */
  static HeapBound start() {
    var runtime = Runtime.getRuntime();
    var bound = new HeapBound(runtime::totalMemory, runtime::freeMemory, System::gc);
    Thread.ofVirtual().name("heap-bound").start(bound::lookUntilClosed);
    return bound;
  }

  private void lookUntilClosed() {
    try {
      while (!closed.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  /** Collects when it is time; the next time is when the heap is twice what lives now and more. */
  void look() {
    if (taken.getAsLong() > mostBytes) {
      collect.run();
      long now = taken.getAsLong();
      mostBytes = Math.max(now, 2 * (now - free.getAsLong())) + SPARE_BYTES;
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
