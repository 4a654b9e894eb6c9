package io.jkube.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.ObjectReference;
import io.jkube.api.Resources;
import io.jkube.api.Timestamps;
import io.jkube.client.ApiClient;
import io.jkube.client.EventRecorder;
import io.jkube.client.Patch;
import io.jkube.scheduler.framework.PodInfo;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the pod's owner how it went: events, and the condition PodScheduled. Thread-safe. */
record PodReports(ApiClient client, EventRecorder events, InstantSource clock) {
  /** The reason of a pod that fits nowhere. */
  static final String UNSCHEDULABLE = "Unschedulable";

  /** The reason of a pod whose scheduling failed otherwise. */
  static final String ERROR = "SchedulerError";

  private static final Logger LOG = LoggerFactory.getLogger(PodReports.class);

  void scheduled(PodInfo pod, String node) {
    events.normal(
        reference(pod), "Scheduled", "Successfully assigned " + pod.key() + " to " + node);
  }

  /**
   * Blocks until the server has answered; that it refused is only logged.
   *
   * @param nominatedNode the node that is being made free for the pod; empty when none is
   */
  void failed(PodInfo pod, String reason, String message, String nominatedNode) {
    events.warning(reference(pod), "FailedScheduling", message);
    var before = condition(pod);
    if (before.path("status").asText().equals("False")
        && before.path("reason").asText().equals(reason)
        && before.path("message").asText().equals(message)
        && pod.nominatedNodeName().equals(nominatedNode)) {
      return;
    }
    var status = nomination(nominatedNode);
    status
        .withObject("status")
        .putArray("conditions")
        .add(notScheduled(pod, before, reason, message));
    patch(pod, status);
  }

  /** The node it was promised goes to a more important pod. */
  void nominationLost(PodInfo pod) {
    patch(pod, nomination(""));
  }

  private void patch(PodInfo pod, ObjectNode status) {
    try {
      client.patch(Resources.PODS, pod.key(), "status", Patch.strategic(status));
    } catch (ApiException refused) {
      LOG.info("status of {} is not written: {}", pod, refused.getMessage());
    }
  }

  private static ObjectNode nomination(String node) {
    var patch = Json.object();
    patch.putObject("status").put("nominatedNodeName", node.isEmpty() ? null : node);
    return patch;
  }

  private ObjectNode notScheduled(PodInfo pod, JsonNode before, String reason, String message) {
    boolean sameStatus = before.path("status").asText().equals("False");
    var condition = Json.object().put("type", "PodScheduled").put("status", "False");
    condition.put("reason", reason).put("message", message);
    if (!sameStatus) {
      condition.put("lastTransitionTime", Timestamps.seconds(clock.instant()));
    }
    var generation = pod.object().path("metadata").path("generation");
    if (generation.isNumber()) {
      condition.put("observedGeneration", generation.asLong());
    }
    return condition;
  }

  private static JsonNode condition(PodInfo pod) {
    for (var condition : pod.object().path("status").path("conditions")) {
      if (condition.path("type").asText().equals("PodScheduled")) {
        return condition;
      }
    }
    return Json.object();
  }

  private static ObjectReference reference(PodInfo pod) {
    return ObjectReference.to("v1", "Pod", pod.object());
  }
}
