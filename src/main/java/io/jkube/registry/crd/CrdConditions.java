package io.jkube.registry.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Timestamps;
import io.jkube.registry.Tree;
import java.time.Instant;

/** The conditions of a CustomResourceDefinition. */
public final class CrdConditions {
  public static final String ESTABLISHED = "Established";
  public static final String NAMES_ACCEPTED = "NamesAccepted";
  public static final String TERMINATING = "Terminating";

  private CrdConditions() {}

  public static boolean is(JsonNode crd, String type) {
    for (var condition : crd.at("/status/conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition.path("status").asText().equals("True");
      }
    }
    return false;
  }

  /** Sets one condition; its time stays unless its status changes. */
  public static void set(
      ObjectNode crd, String type, boolean value, String reason, String message, Instant now) {
    var condition = find(Tree.child(crd, "status"), type);
    var status = value ? "True" : "False";
    if (!condition.path("status").asText().equals(status)) {
      condition.put("lastTransitionTime", Timestamps.seconds(now));
    }
    condition.put("status", status).put("reason", reason).put("message", message);
  }

  /** Sets a condition as another status has it. */
  public static void take(ObjectNode status, ObjectNode condition) {
    find(status, Tree.text(condition, "/type")).setAll(condition.deepCopy());
  }

  private static ObjectNode find(ObjectNode status, String type) {
    var all = status.withArray("conditions");
    for (var condition : all) {
      if (condition instanceof ObjectNode found && Tree.text(found, "/type").equals(type)) {
        return found;
      }
    }
    return all.addObject().put("type", type);
  }
}
