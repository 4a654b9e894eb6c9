package io.jkube.kubelet.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.jkube.kubelet.runtime.RuntimeFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Looks now and then whether a pod keeps to the disk it said it would use; at pods that said
 * nothing it never looks. Confined to the worker.
 */
final class StorageWatch {
  /** Upstream's eviction manager looks as often. */
  private static final Duration PERIOD = Duration.ofSeconds(10);

  private final PodParts parts;
  private final PodState state;
  private Instant next;

  StorageWatch(PodParts parts, PodState state) {
    this.parts = parts;
    this.state = state;
  }

  /** Why the pod has to go; empty when it may stay. */
  Optional<String> excess() {
    if (!state.anyRunning() || !LocalStorage.isLimited(state.pod())) {
      return Optional.empty();
    }
    var now = parts.clock().instant();
    // It may also be that the clock was set back.
    if (next == null || next.isAfter(now.plus(PERIOD))) {
      next = now.plus(PERIOD);
    }
    if (now.isBefore(next)) {
      state.wakeBy(next);
      return Optional.empty();
    }
    next = now.plus(PERIOD);
    state.wakeBy(next);
    var volumes = parts.volumes();
    return new LocalStorage(
            state.pod(), volume -> volumes.usedBytes(state.pod(), volume), this::written)
        .excess();
  }

  private long written(Container container) {
    var record = state.record(container);
    try {
      return record.isRunning() ? parts.runtime().writtenBytes(record.newest().id()) : 0;
    } catch (RuntimeFailure gone) {
      if (gone.kind() == RuntimeFailure.Kind.NOT_FOUND) {
        return 0;
      }
      throw gone;
    }
  }
}
