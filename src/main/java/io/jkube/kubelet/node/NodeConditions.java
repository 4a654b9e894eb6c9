package io.jkube.kubelet.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.jkube.api.Json;
import io.jkube.api.Timestamps;
import java.time.Instant;

/**
 * A node's conditions, in upstream's words.
 *
 * @param known as they stand; another's conditions stay
 */
record NodeConditions(ArrayNode known, Instant now) {
  ArrayNode of(String trouble) {
    var conditions = Json.array();
    pressure(
        conditions, "MemoryPressure", "KubeletHasSufficientMemory", "sufficient memory available");
    pressure(conditions, "DiskPressure", "KubeletHasNoDiskPressure", "no disk pressure");
    pressure(conditions, "PIDPressure", "KubeletHasSufficientPID", "sufficient PID available");
    if (trouble.isEmpty()) {
      add(conditions, "Ready", true, "KubeletReady", "kubelet is posting ready status");
    } else {
      add(conditions, "Ready", false, "KubeletNotReady", trouble);
    }
    for (var other : known) {
      if (find(conditions, other.path("type").asText()) == null) {
        conditions.add(other);
      }
    }
    return conditions;
  }

  private void pressure(ArrayNode conditions, String type, String reason, String what) {
    add(conditions, type, false, reason, "kubelet has " + what);
  }

  private void add(ArrayNode to, String type, boolean holds, String reason, String message) {
    var status = holds ? "True" : "False";
    var before = find(known, type);
    boolean same = before != null && before.path("status").asText().equals(status);
    var time = Timestamps.seconds(now);
    to.addObject()
        .put("type", type)
        .put("status", status)
        .put("lastHeartbeatTime", time)
        .put("lastTransitionTime", same ? before.path("lastTransitionTime").asText() : time)
        .put("reason", reason)
        .put("message", message);
  }

  private static JsonNode find(JsonNode conditions, String type) {
    for (var condition : conditions) {
      if (condition.path("type").asText().equals(type)) {
        return condition;
      }
    }
    return null;
  }
}
