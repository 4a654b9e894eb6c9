package io.jkube.controller.workload;

import io.jkube.api.ApiException;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Does the same thing many times side by side: first once, then twice, then four times... so that
 * what is refused (by a quota, say) is refused a few times and not a thousand.
 */
final class SlowStart {
  private SlowStart() {}

  /**
   * Ends with the first batch that has a failure.
   *
   * @return how many times it was done
   * @throws ApiException the first failure, when any
   */
  static int run(int times, Runnable action) throws InterruptedException {
    int done = 0;
    for (int batch = 1; done < times; batch *= 2) {
      int now = Math.min(batch, times - done);
      runBatch(now, action);
      done += now;
    }
    return done;
  }

  private static void runBatch(int times, Runnable action) throws InterruptedException {
    if (times == 1) {
      action.run();
      return;
    }
    ApiException failure = null;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<?>>();
      for (int i = 0; i < times; i++) {
        running.add(threads.submit(action));
      }
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
