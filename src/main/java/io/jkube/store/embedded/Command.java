package io.jkube.store.embedded;

import io.jkube.store.StoreEvent;
import io.jkube.store.Versioned;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What waits for the writer, and where it leaves the answer. */
sealed interface Command {
  CompletableFuture<?> answer();

  /**
   * @param deadlineMillis 0 for never
   */
  record Put(
      String key,
      byte[] value,
      long expectedModRevision,
      long deadlineMillis,
      CompletableFuture<Versioned> answer)
      implements Command {}

  record Delete(
      String key, long expectedModRevision, CompletableFuture<Optional<StoreEvent.Delete>> answer)
      implements Command {}

  record Compact(long revision, CompletableFuture<Void> answer) implements Command {}

  /** The last one. */
  record Stop(CompletableFuture<Void> answer) implements Command {}
}
