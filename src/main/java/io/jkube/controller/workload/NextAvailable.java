package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.controller.runtime.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** When the next of the ready pods becomes available, as nothing but time tells that. */
final class NextAvailable {
  private NextAvailable() {}

  static Result of(List<ObjectNode> pods, int minReadySeconds, Instant now) {
    return pods.stream()
        .flatMap(pod -> PodState.availableFrom(pod, minReadySeconds).stream())
        .filter(now::isBefore)
        .min(Comparator.naturalOrder())
        .map(next -> Result.after(Duration.between(now, next)))
        .orElse(Result.done());
  }
}
