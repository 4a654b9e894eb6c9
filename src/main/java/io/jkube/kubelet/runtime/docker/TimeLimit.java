package io.jkube.kubelet.runtime.docker;

import io.jkube.kubelet.runtime.ContainerRuntime.ProcessStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Closes the streams of a process when its time is up. */
final class TimeLimit implements AutoCloseable {
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean passed;

  private TimeLimit() {}

  static TimeLimit over(ProcessStream process, Duration timeout) {
    var limit = new TimeLimit();
    Thread.ofVirtual().name("exec-time-limit").start(() -> limit.await(process, timeout));
    return limit;
  }

  boolean passed() {
    return passed;
  }

  @Override
  public void close() {
    ended.countDown();
  }

  private void await(ProcessStream process, Duration timeout) {
    try {
      if (!ended.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        passed = true;
        process.close();
      }
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }
}
