package io.jkube.store.embedded;

import io.jkube.store.Store;
import io.jkube.store.StoreEvent;
import io.jkube.store.StoreException;
import io.jkube.store.Versioned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Commands decided in order, each seeing what those before it did, and answered together once their
 * changes are durable: also a refusal, which may rest on one of those changes.
 */
final class Batch {
  private final History history;
  private final long firstRevision;
  private final List<Change> changes = new ArrayList<>();
  private final Map<String, Optional<Versioned>> touched = new HashMap<>();
  private final List<Runnable> answers = new ArrayList<>();
  private final List<CompletableFuture<?>> waiting = new ArrayList<>();

  Batch(History history) {
    this.history = history;
    this.firstRevision = history.revision() + 1;
  }

  /** The revision of the first change; the others follow without gap. */
  long firstRevision() {
    return firstRevision;
  }

  List<Change> changes() {
    return changes;
  }

  void put(Command.Put put) {
    waiting.add(put.answer());
    var current = current(put.key());
    if (!isExpected(put.expectedModRevision(), current)) {
      refuse(put.answer(), put.key(), put.expectedModRevision(), current);
      return;
    }
    long revision = firstRevision + changes.size();
    long created = current == null ? revision : current.createRevision();
    var next = new Versioned(put.key(), put.value(), created, revision);
    changes.add(new Change(put.key(), put.value(), created, put.deadlineMillis()));
    touched.put(put.key(), Optional.of(next));
    answers.add(() -> put.answer().complete(next));
  }

  void delete(Command.Delete delete) {
    waiting.add(delete.answer());
    var current = current(delete.key());
    if (current == null && delete.expectedModRevision() == Store.ANY) {
      answers.add(() -> delete.answer().complete(Optional.empty()));
      return;
    }
    if (current == null || !isExpected(delete.expectedModRevision(), current)) {
      refuse(delete.answer(), delete.key(), delete.expectedModRevision(), current);
      return;
    }
    var gone = new StoreEvent.Delete(delete.key(), firstRevision + changes.size(), current);
    changes.add(Change.deletion(delete.key()));
    touched.put(delete.key(), Optional.empty());
    answers.add(() -> delete.answer().complete(Optional.of(gone)));
  }

  private Versioned current(String key) {
    var changed = touched.get(key);
    return changed != null ? changed.orElse(null) : history.newest(key);
  }

  private static boolean isExpected(long expected, Versioned current) {
    if (expected == Store.ANY) {
      return true;
    }
    return expected == (current == null ? Store.ABSENT : current.modRevision());
  }

  private void refuse(CompletableFuture<?> answer, String key, long expected, Versioned current) {
    var mismatch = new StoreException.RevisionMismatch(key, expected, current);
    answers.add(() -> answer.completeExceptionally(mismatch));
  }

  void answer() {
    answers.forEach(Runnable::run);
  }

  void fail(StoreException failure) {
    waiting.forEach(answer -> answer.completeExceptionally(failure));
  }
}
