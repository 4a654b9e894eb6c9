package io.jkube.controller.workload;

import io.jkube.api.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Does the same with many things side by side: first with one, then with two, then with four... so
 * that what is refused (by a quota, say) is refused a few times and not a thousand.
 */
final class SlowStart {
  private SlowStart() {}

  /**
   * Ends with the first batch that has a failure.
   *
   * @throws ApiException the first failure, when any
   */
  static <T> void forEach(List<T> things, Consumer<T> action) throws InterruptedException {
    int done = 0;
    for (int batch = 1; done < things.size(); batch *= 2) {
      int end = Math.min(done + batch, things.size());
      runBatch(things.subList(done, end), action);
      done = end;
    }
  }

  private static <T> void runBatch(List<T> things, Consumer<T> action) throws InterruptedException {
    if (things.size() == 1) {
      action.accept(things.getFirst());
      return;
    }
    ApiException failure = null;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<?>>();
      things.forEach(thing -> running.add(threads.submit(() -> action.accept(thing))));
      for (var each : running) {
        try {
          each.get();
        } catch (ExecutionException failed) {
          if (!(failed.getCause() instanceof ApiException refused)) {
            throw new IllegalStateException(failed.getCause());
          }
          failure = failure == null ? refused : failure;
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
