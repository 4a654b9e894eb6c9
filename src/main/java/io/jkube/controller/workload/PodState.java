package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.controller.runtime.Conditions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a controller asks of a pod. */
final class PodState {
  private PodState() {}

  static String phase(JsonNode pod) {
    return pod.path("status").path("phase").asText();
  }

  static boolean isDeleting(JsonNode object) {
    return object.path("metadata").hasNonNull("deletionTimestamp");
  }

  /** Whether its containers have ended for good. */
  static boolean hasEnded(JsonNode pod) {
    return phase(pod).equals("Succeeded") || phase(pod).equals("Failed");
  }

  /** Whether it counts: it has not ended, and nobody has deleted it. */
  static boolean isActive(JsonNode pod) {
    return !hasEnded(pod) && !isDeleting(pod);
  }

  static boolean isReady(JsonNode pod) {
    return Conditions.status(pod, "Ready").equals("True");
  }

  /** Since when it is ready; nothing when it is not. */
  static Optional<Instant> readySince(JsonNode pod) {
    var since = Conditions.find(pod, "Ready").path("lastTransitionTime").asText();
    return isReady(pod) && !since.isEmpty() ? Optional.of(Instant.parse(since)) : Optional.empty();
  }

  /** From when on it counts as available: ready for that long. Nothing while it is not ready. */
  static Optional<Instant> availableFrom(JsonNode pod, int minReadySeconds) {
    return minReadySeconds == 0 && isReady(pod)
        ? Optional.of(Instant.MIN)
        : readySince(pod).map(since -> since.plus(Duration.ofSeconds(minReadySeconds)));
  }

  static boolean isAvailable(JsonNode pod, int minReadySeconds, Instant now) {
    return availableFrom(pod, minReadySeconds).filter(from -> !from.isAfter(now)).isPresent();
  }

  static int restarts(ObjectNode pod) {
    int sum = 0;
    for (var container : pod.path("status").path("containerStatuses")) {
      sum += container.path("restartCount").asInt();
    }
    return sum;
  }
}
