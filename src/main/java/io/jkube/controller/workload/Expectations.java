package io.jkube.controller.workload;

import io.jkube.api.ObjectKey;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What a controller has created and deleted but its copy of the cluster does not show yet, by the
 * owner of it. Thread-safe: every method holds the one lock for a moment.
 */
final class Expectations {
  /** After which a change that was never seen is given up: the next look decides anew. */
  static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private static final class Pending {
    private int creations;
    private final Set<String> deletions = new HashSet<>();
    private long sinceNanos;
  }

  private final Map<ObjectKey, Pending> byOwner = new HashMap<>();
  private final LongSupplier nanoTime;

  Expectations() {
    this(System::nanoTime);
  }

  /**
   * @param nanoTime how time passes for the copy of the cluster: the time of day may jump, and
   *     would have everything made twice
   */
  Expectations(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Before they are asked for: they may be seen before the answer. */
  synchronized void expectCreations(ObjectKey owner, int count) {
    pending(owner).creations += count;
  }

  synchronized void expectDeletions(ObjectKey owner, Collection<String> uids) {
    pending(owner).deletions.addAll(uids);
  }

  /** One was seen, or will never be: the server refused it. */
  synchronized void creationSettled(ObjectKey owner) {
    var pending = byOwner.get(owner);
    if (pending != null && pending.creations > 0) {
      pending.creations--;
    }
  }

  synchronized void deletionSettled(ObjectKey owner, String uid) {
    var pending = byOwner.get(owner);
    if (pending != null) {
      pending.deletions.remove(uid);
    }
  }

  /** Whether the copy shows everything that was done, or it was waited for long enough. */
  synchronized boolean areMet(ObjectKey owner) {
    var pending = byOwner.get(owner);
    if (pending == null) {
      return true;
    }
    boolean met = pending.creations == 0 && pending.deletions.isEmpty();
    if (met || nanoTime.getAsLong() - pending.sinceNanos > LONGEST_WAIT.toNanos()) {
      byOwner.remove(owner);
      return true;
    }
    return false;
  }

  /** The owner is gone. */
  synchronized void forget(ObjectKey owner) {
    byOwner.remove(owner);
  }

  private Pending pending(ObjectKey owner) {
    var pending = byOwner.computeIfAbsent(owner, key -> new Pending());
    pending.sinceNanos = nanoTime.getAsLong();
    return pending;
  }
}
