package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * How long failures hold up the next pod of a Job: any pod, or where each index has a limit of its
 * own only that of the index that failed. Times are of whole seconds. Source: "Pod backoff failure
 * policy" and "Backoff limit per index" in Kubernetes' documentation.
 */
record JobBackoff(JobSpec spec, JobPods there, JobLedger ledger, Instant now) {
  /** After a failure; twice as long after each further one. */
  static final Duration FIRST = Duration.ofSeconds(10);

  static final Duration LONGEST = Duration.ofMinutes(10);

  /** Counts the failures since the last success; zero when nothing has to wait. */
  Duration ofJob() {
    if (spec.backoffLimitPerIndex().isPresent()) {
      return Duration.ZERO;
    }
    var success = there.succeeded().stream().map(JobPods::endOf).max(Comparator.naturalOrder());
    var failures =
        failures()
            .map(JobPods::endOf)
            .filter(end -> success.isEmpty() || !end.isBefore(success.get()))
            .sorted()
            .toList();
    return failures.isEmpty() ? Duration.ZERO : left(failures.getLast(), failures.size());
  }

  /** Zero when a pod of that index may be made as far as that index is concerned. */
  Duration ofIndex(int index) {
    var failures = ledger.failuresBefore(index, there.failed());
    if (failures.isEmpty()) {
      return Duration.ZERO;
    }
    return failures()
        .filter(pod -> spec.indexOf(pod) == index)
        .map(JobPods::endOf)
        .max(Comparator.naturalOrder())
        .map(end -> left(end, Math.max(1, failures.getAsInt())))
        .orElse(Duration.ZERO);
  }

  private Stream<ObjectNode> failures() {
    return there.failed().stream().filter(pod -> PodState.hasEnded(pod) || JobPods.isTracked(pod));
  }

  private Duration left(Instant lastEnd, int failures) {
    var delay = FIRST;
    for (int i = 1; i < failures && delay.compareTo(LONGEST) < 0; i++) {
      delay = delay.multipliedBy(2);
    }
    delay = delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
    var left = Duration.between(now, lastEnd.plus(delay));
    return left.isPositive() ? left : Duration.ZERO;
  }
}
