package io.jkube.kubelet.runtime.docker;

import io.jkube.kubelet.runtime.RuntimeFailure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Something that is made once, ahead of its first use. A failed attempt is repeated by the next who
 * asks; {@link #forget} has it made anew. Thread-safe.
 */
final class Prepared<T> {
  private final String name;
  private final Supplier<T> maker;
  private CompletableFuture<T> made;

  Prepared(String name, Supplier<T> maker) {
    this.name = name;
    this.maker = maker;
  }

  /** Begins, on a virtual thread, unless it began already. */
  synchronized CompletableFuture<T> begin() {
    if (made == null || made.isCompletedExceptionally()) {
      var attempt = new CompletableFuture<T>();
      made = attempt;
      Thread.ofVirtual().name("prepare-" + name).start(() -> make(attempt));
    }
    return made;
  }

  T get() {
    try {
      return begin().get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException cause
          ? EngineFailures.of(cause)
          : EngineFailures.unexpected(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new RuntimeFailure(
          RuntimeFailure.Kind.INTERRUPTED, "interrupted while preparing " + name, interrupted);
    }
  }

  synchronized void forget() {
    made = null;
  }

  /** Waits until a making under way has ended, well or not, and forgets it. */
  void settle() {
    CompletableFuture<T> underWay;
    synchronized (this) {
      underWay = made;
      made = null;
    }
    if (underWay != null) {
      underWay.handle((value, failure) -> value).join();
    }
  }

  private void make(CompletableFuture<T> attempt) {
    try {
      attempt.complete(maker.get());
    } catch (RuntimeException failed) {
      attempt.completeExceptionally(failed);
    }
  }
}
