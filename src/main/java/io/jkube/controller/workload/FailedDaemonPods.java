package io.jkube.controller.workload;

import io.jkube.api.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How long a failed pod stays before it is replaced: longer with every failure on the same node, so
 * that a pod that a node rejects at once is not made in a loop. Thread-safe.
 */
final class FailedDaemonPods {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private record Failure(Instant seen, Duration delay) {}

  private final Map<ObjectKey, Map<String, Failure>> byOwner = new HashMap<>();

  /** How long to wait yet; zero: it may go now, and the next one waits longer. */
  synchronized Duration delay(ObjectKey owner, String node, Instant now) {
    var failures = byOwner.computeIfAbsent(owner, key -> new HashMap<>());
    var last = failures.get(node);
    if (last == null || last.seen.plus(LONGEST.multipliedBy(2)).isBefore(now)) {
      failures.put(node, new Failure(now, FIRST));
      return Duration.ZERO;
    }
    var left = Duration.between(now, last.seen.plus(last.delay));
    if (left.isPositive()) {
      return left;
    }
    var next = last.delay.multipliedBy(2);
    failures.put(node, new Failure(now, next.compareTo(LONGEST) < 0 ? next : LONGEST));
    return Duration.ZERO;
  }

  synchronized void forget(ObjectKey owner) {
    byOwner.remove(owner);
  }
}
