package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.LabelSelector;
import io.jkube.api.Timestamps;
import io.jkube.controller.runtime.Conditions;
import java.time.Instant;
import java.util.List;

/** The status of a set of replicas. */
final class ReplicaStatus {
  private ReplicaStatus() {}

  /**
   * @param mine all its pods
   * @param active those that count
   */
  static ObjectNode of(
      ObjectNode set,
      List<ObjectNode> mine,
      List<ObjectNode> active,
      ReplicaFailure failure,
      Instant now) {
    var spec = set.path("spec");
    int minReadySeconds = spec.path("minReadySeconds").asInt();
    var labels =
        LabelSelector.of(
            Json.object().set("matchLabels", labels(spec.path("template").path("metadata"))));
    var status = set.path("status") instanceof ObjectNode old ? old.deepCopy() : Json.object();
    status.put("replicas", active.size());
    Counts.put(status, "fullyLabeledReplicas", active.stream().filter(labels::selects).count());
    Counts.put(status, "readyReplicas", active.stream().filter(PodState::isReady).count());
    Counts.put(
        status,
        "availableReplicas",
        active.stream().filter(pod -> PodState.isAvailable(pod, minReadySeconds, now)).count());
    if (set.path("apiVersion").asText().startsWith("apps/")) {
      status.put(
          "terminatingReplicas", (int) mine.stream().filter(ReplicaStatus::isEnding).count());
    }
    status.put("observedGeneration", set.path("metadata").path("generation").asInt());
    tell(status, failure, now);
    return status;
  }

  private static JsonNode labels(JsonNode metadata) {
    return metadata.path("labels").isObject() ? metadata.path("labels") : Json.object();
  }

  private static boolean isEnding(ObjectNode pod) {
    return PodState.isDeleting(pod) && !PodState.hasEnded(pod);
  }

  private static void tell(ObjectNode status, ReplicaFailure failure, Instant now) {
    if (!failure.isNone()) {
      Conditions.set(
          status,
          "ReplicaFailure",
          "True",
          failure.reason(),
          failure.message(),
          Timestamps.seconds(now));
      return;
    }
    Conditions.remove(status, "ReplicaFailure");
  }
}
