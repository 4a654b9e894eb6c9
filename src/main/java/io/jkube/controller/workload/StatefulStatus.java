package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** The status of a StatefulSet. */
final class StatefulStatus {
  private StatefulStatus() {}

  /**
   * @param pods all pods of the set
   * @param current the name of the revision that a rollout comes from
   * @param present the revision that it goes to
   */
  static ObjectNode of(
      ObjectNode set,
      List<ObjectNode> pods,
      String current,
      RevisionHistory.Present present,
      Instant now) {
    int minReadySeconds = set.path("spec").path("minReadySeconds").asInt();
    var status = set.path("status") instanceof ObjectNode old ? old.deepCopy() : Json.object();
    status.put("observedGeneration", set.path("metadata").path("generation").asInt());
    status.put("replicas", pods.size());
    Counts.put(status, "readyReplicas", count(pods, StatefulStatus::isReady));
    status.put("availableReplicas", count(pods, pod -> isAvailable(pod, minReadySeconds, now)));
    Counts.put(status, "currentReplicas", countOf(pods, current));
    Counts.put(status, "updatedReplicas", countOf(pods, present.name()));
    status.put("currentRevision", current);
    status.put("updateRevision", present.name());
    status.put("collisionCount", present.collisions());
    complete(set, status);
    return status;
  }

  static boolean isReady(JsonNode pod) {
    return PodState.phase(pod).equals("Running") && PodState.isReady(pod);
  }

  static boolean isAvailable(JsonNode pod, int minReadySeconds, Instant now) {
    return isReady(pod) && PodState.isAvailable(pod, minReadySeconds, now);
  }

  /** The name of the revision that the pod is of. */
  static String revision(JsonNode pod) {
    return pod.path("metadata").path("labels").path(RevisionHistory.POD_LABEL).asText();
  }

  /** Where every pod is of the new revision and ready, it becomes the current one. */
  private static void complete(ObjectNode set, ObjectNode status) {
    int wanted = StatefulPlan.replicas(set);
    if (set.at("/spec/updateStrategy/type").asText().equals("RollingUpdate")
        && status.path("updatedReplicas").asInt() == wanted
        && status.path("readyReplicas").asInt() == wanted
        && status.path("replicas").asInt() == wanted) {
      Counts.put(status, "currentReplicas", wanted);
      status.set("currentRevision", status.path("updateRevision"));
    }
  }

  private static int countOf(List<ObjectNode> pods, String revision) {
    return count(pods, pod -> !PodState.isDeleting(pod) && revision(pod).equals(revision));
  }

  private static int count(List<ObjectNode> pods, Predicate<ObjectNode> counts) {
    return (int) pods.stream().filter(counts).count();
  }
}
