package io.jkube.cluster;

import io.jkube.api.ApiException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs steps, each as soon as what it needs is done, and undoes them in the reverse order of their
 * ends. A plan runs once; {@link #stop} may come from another thread.
 */
final class StartupPlan {
  private static final Logger LOG = LoggerFactory.getLogger(StartupPlan.class);

  /** What a step gets to undo itself even when one before it used up all the time. */
  private static final Duration LEAST_TIME = Duration.ofMillis(100);

  private final List<StartupStep> steps;
  private final Parts parts;
  private final StartupListener listener;
  private final Deque<StartupStep> ended = new ArrayDeque<>();

  /**
   * @param steps each behind those it needs, so that there can be no cycle
   */
  StartupPlan(List<StartupStep> steps, Parts parts, StartupListener listener) {
    var earlier = new HashSet<Class<? extends StartupStep>>();
    for (var step : steps) {
      if (!earlier.containsAll(step.needs())) {
        throw new IllegalArgumentException(step.title() + " stands before a step that it needs");
      }
      earlier.add(step.getClass());
    }
    this.steps = List.copyOf(steps);
    this.parts = parts;
    this.listener = oneAtATime(listener);
  }

  /**
   * Returns when every step is done. When one fails, no further step begins, those under way are
   * interrupted and awaited; the caller then stops the plan.
   *
   * @throws StartupFailure the first failure
   */
  void start() throws StartupFailure, InterruptedException {
    var results = new HashMap<Class<? extends StartupStep>, CompletableFuture<Void>>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        begin(results, executor).get();
      } catch (ExecutionException failure) {
        executor.shutdownNow();
        throw asStartupFailure(failure.getCause());
      } catch (InterruptedException interrupted) {
        executor.shutdownNow();
        throw interrupted;
      }
    }
  }

  /** Completed when all steps are done, or by the first failure. */
  private CompletableFuture<?> begin(
      Map<Class<? extends StartupStep>, CompletableFuture<Void>> results,
      ExecutorService executor) {
    var failed = new CompletableFuture<Void>();
    for (var step : steps) {
      var result = after(step, results, executor);
      result.exceptionally(
          failure -> {
            failed.completeExceptionally(failure);
            return null;
          });
      results.put(step.getClass(), result);
    }
    var all = CompletableFuture.allOf(results.values().toArray(CompletableFuture[]::new));
    return CompletableFuture.anyOf(all, failed);
  }

  /**
   * Undoes what was done, last first. A step that fails or takes longer than what is left of {@code
   * limit} (or a moment, when nothing is left) does not keep the others from being undone.
   */
  void stop(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    var executor = Executors.newVirtualThreadPerTaskExecutor();
    for (var step = lastEnded(); step != null; step = lastEnded()) {
      stop(step, deadline, executor);
    }
    executor.shutdownNow();
  }

  private void stop(StartupStep step, long deadline, ExecutorService executor) {
    var undone =
        executor.submit(
            () -> {
              step.stop(parts);
              return null;
            });
    long begin = System.nanoTime();
    try {
      long left = Math.max(LEAST_TIME.toNanos(), deadline - begin);
      undone.get(left, TimeUnit.NANOSECONDS);
      LOG.debug("Undid \"{}\" in {} ms", step.title(), (System.nanoTime() - begin) / 1_000_000);
    } catch (ExecutionException failure) {
      LOG.warn("Undoing \"{}\" failed", step.title(), failure.getCause());
    } catch (TimeoutException late) {
      LOG.warn("Undoing \"{}\" takes too long; going on without it", step.title());
    } catch (InterruptedException interrupted) {
      // Somebody wants the process to end now: the rest gets no time, but is told to stop.
      Thread.currentThread().interrupt();
    }
  }

  private StartupStep lastEnded() {
    synchronized (ended) {
      return ended.pollLast();
    }
  }

  private CompletableFuture<Void> after(
      StartupStep step,
      Map<Class<? extends StartupStep>, CompletableFuture<Void>> results,
      ExecutorService executor) {
    var needed = step.needs().stream().map(results::get).toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(needed).thenRunAsync(() -> run(step), executor);
  }

  private void run(StartupStep step) {
    listener.begun(step.title());
    long begin = System.nanoTime();
    try {
      step.start(parts);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CompletionException(interrupted);
    } catch (StartupFailure known) {
      throw new CompletionException(known);
    } catch (Exception failure) {
      var why = failure instanceof ApiException told ? told.getMessage() : failure.toString();
      throw new CompletionException(
          new StartupFailure(
              StartupFailure.Kind.OTHER, "\"" + step.title() + "\" failed: " + why, failure));
    }
    synchronized (ended) {
      ended.addLast(step);
    }
    listener.done(step.title(), Duration.ofNanos(System.nanoTime() - begin));
  }

  private static StartupFailure asStartupFailure(Throwable failure) {
    var cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof StartupFailure known
        ? known
        : new StartupFailure(StartupFailure.Kind.OTHER, String.valueOf(cause), cause);
  }

  private static StartupListener oneAtATime(StartupListener listener) {
    return new StartupListener() {
      @Override
      public synchronized void begun(String step) {
        listener.begun(step);
      }

      @Override
      public synchronized void done(String step, Duration took) {
        listener.done(step, took);
      }

      @Override
      public synchronized void told(String step, String text) {
        listener.told(step, text);
      }
    };
  }
}
