package io.jkube.controller.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The conditions of a status: a list with one entry a type. */
public final class Conditions {
  private Conditions() {}

  /** The object's condition of that type, or a missing node. */
  public static JsonNode find(JsonNode object, String type) {
    return in(object.path("status"), type);
  }

  /** As {@link #find}, of a status alone. */
  public static JsonNode in(JsonNode status, String type) {
    for (var condition : status.path("conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition;
      }
    }
    return MissingNode.getInstance();
  }

  /** {@code True}, {@code False}, {@code Unknown}; empty where there is no such condition. */
  public static String status(JsonNode object, String type) {
    return find(object, type).path("status").asText();
  }

  /**
   * Sets one condition and leaves the others; the time of its transition stays unless its status
   * changes.
   *
   * @return the condition, for fields that only some have
   */
  public static ObjectNode set(
      ObjectNode status, String type, String value, String reason, String message, String now) {
    var condition = entry(status, type);
    if (!condition.path("status").asText().equals(value)) {
      condition.put("lastTransitionTime", now);
    }
    return condition.put("status", value).put("reason", reason).put("message", message);
  }

  /** Takes the condition out, and the list with the last of them. */
  public static void remove(ObjectNode status, String type) {
    if (status.get("conditions") instanceof ArrayNode all) {
      for (int i = all.size() - 1; i >= 0; i--) {
        if (all.get(i).path("type").asText().equals(type)) {
          all.remove(i);
        }
      }
      if (all.isEmpty()) {
        status.remove("conditions");
      }
    }
  }

  private static ObjectNode entry(ObjectNode status, String type) {
    var all = status.withArray("conditions");
    for (var condition : all) {
      if (condition instanceof ObjectNode found && found.path("type").asText().equals(type)) {
        return found;
      }
    }
    return all.addObject().put("type", type);
  }
}
