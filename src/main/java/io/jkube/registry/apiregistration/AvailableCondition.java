package io.jkube.registry.apiregistration;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.Timestamps;
import java.time.Instant;

/** The condition {@code Available} of an APIService. */
public final class AvailableCondition {
  private static final String TYPE = "Available";

  private AvailableCondition() {}

  /** Missing where nobody has looked yet. */
  public static JsonNode of(ObjectNode apiService) {
    for (var condition : objects(apiService, "/status/conditions")) {
      if (text(condition, "/type").equals(TYPE)) {
        return condition;
      }
    }
    return MissingNode.getInstance();
  }

  public static boolean isTrue(ObjectNode apiService) {
    return of(apiService).path("status").asText().equals("True");
  }

  /**
   * In place of the one that is there; its time of transition stays where the status does.
   *
   * @param apiService is changed
   */
  public static void write(
      ObjectNode apiService, boolean available, String reason, String message, Instant now) {
    var before = of(apiService);
    var status = available ? "True" : "False";
    boolean same = before.path("status").asText().equals(status);
    var condition = Json.object();
    condition
        .put(
            "lastTransitionTime",
            same ? before.path("lastTransitionTime").asText() : Timestamps.seconds(now))
        .put("message", message)
        .put("reason", reason)
        .put("status", status)
        .put("type", TYPE);
    child(apiService, "status").putArray("conditions").add(condition);
  }
}
