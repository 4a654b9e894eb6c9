package io.jkube.kubelet.runtime.docker;

import io.jkube.kubelet.runtime.RuntimeFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Does the same with many things side by side, a few at a time: an engine is no faster with more.
 */
final class Together {
  private static final int AT_ONCE = 8;

  private Together() {}

  /** Returns when all are done; fails with the first failure, after all were tried. */
  static <T> void each(Collection<T> things, Consumer<T> action) {
    if (things.size() == 1) {
      action.accept(things.iterator().next());
      return;
    }
    var places = new Semaphore(AT_ONCE);
    var running = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var thing : things) {
        running.add(threads.submit(() -> inPlace(places, () -> action.accept(thing))));
      }
    }
    for (var done : running) {
      await(done);
    }
  }

  private static void inPlace(Semaphore places, Runnable action) {
    places.acquireUninterruptibly();
    try {
      action.run();
    } finally {
      places.release();
    }
  }

  private static void await(Future<?> done) {
    try {
      done.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException cause
          ? EngineFailures.of(cause)
          : EngineFailures.unexpected(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new RuntimeFailure(
          RuntimeFailure.Kind.INTERRUPTED, "interrupted while the engine worked", interrupted);
    }
  }
}
