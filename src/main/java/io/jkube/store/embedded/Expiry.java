package io.jkube.store.embedded;

import io.jkube.store.Versioned;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The deadlines of keys. A deadline counts only as long as the key's revision is that which it was
 * stated with. Belongs to the writer.
 */
final class Expiry {
  private record Deadline(long millis, String key, long modRevision) {}

  private final PriorityQueue<Deadline> deadlines =
      new PriorityQueue<>(Comparator.comparingLong(Deadline::millis));

  void track(long revision, Change change) {
    if (change.deadlineMillis() > 0) {
      deadlines.add(new Deadline(change.deadlineMillis(), change.key(), revision));
    }
  }

  boolean isEmpty() {
    return deadlines.isEmpty();
  }

  /** Asks for the deletion of what is due; what could not be deleted is due again. */
  void delete(long nowMillis, History history, Consumer<Command.Delete> deletion) {
    while (!deadlines.isEmpty() && deadlines.peek().millis() <= nowMillis) {
      var due = deadlines.poll();
      Versioned current = history.newest(due.key());
      if (current != null && current.modRevision() == due.modRevision()) {
        deletion.accept(new Command.Delete(due.key(), due.modRevision(), retrying(due)));
      }
    }
  }

  /** Completed by the writer, so on its thread. */
  private <T> CompletableFuture<T> retrying(Deadline due) {
    var answer = new CompletableFuture<T>();
    answer.whenComplete(
        (done, failure) -> {
          if (failure != null) {
            deadlines.add(due);
          }
        });
    return answer;
  }
}
