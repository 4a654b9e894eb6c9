package io.jkube.kubelet.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.jkube.api.Json;
import io.jkube.api.Timestamps;
import io.jkube.kubelet.pressure.Pressure;
import java.time.Instant;
import java.util.Set;

/**
 * A node's conditions, in upstream's words.
 *
 * @param known as they stand; another's conditions stay
 */
record NodeConditions(ArrayNode known, Instant now) {
  ArrayNode of(String trouble, Set<Pressure> pressures) {
    var conditions = Json.array();
    for (var pressure : Pressure.values()) {
      boolean holds = pressures.contains(pressure);
      var reason = "Kubelet" + reason(pressure, holds);
      add(conditions, pressure.condition(), holds, reason, message(pressure, holds));
    }
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

  /** As the node's events call it, too, behind {@code Node}. */
  static String reason(Pressure pressure, boolean holds) {
    return switch (pressure) {
      case MEMORY -> holds ? "HasInsufficientMemory" : "HasSufficientMemory";
      case DISK -> holds ? "HasDiskPressure" : "HasNoDiskPressure";
      case PID -> holds ? "HasInsufficientPID" : "HasSufficientPID";
    };
  }

  private static String message(Pressure pressure, boolean holds) {
    var amount = holds ? "insufficient" : "sufficient";
    return switch (pressure) {
      case MEMORY -> "kubelet has " + amount + " memory available";
      case DISK -> "kubelet has " + (holds ? "disk pressure" : "no disk pressure");
      case PID -> "kubelet has " + amount + " PID available";
    };
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
