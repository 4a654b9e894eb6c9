package io.jkube.kubelet.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.Timestamps;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** Conditions of a status: types are unique, a transition is a change of {@code status}. */
final class Conditions {
  /** Ours, too, but only while they hold. */
  private static final Set<String> PASSING =
      Set.of(Resize.Standing.PENDING, Resize.Standing.IN_PROGRESS);

  private Conditions() {}

  /**
   * Our conditions, with the time of their last transition, and behind them those of others.
   *
   * @param ours without times
   */
  static ArrayNode merged(JsonNode ours, JsonNode known, Instant now) {
    var merged = Json.array();
    var types = new HashSet<String>();
    for (var condition : ours) {
      var type = condition.path("type").asText();
      types.add(type);
      merged.add(timed((ObjectNode) condition, find(known, type), now));
    }
    for (var condition : known) {
      var type = condition.path("type").asText();
      if (!types.contains(type) && !PASSING.contains(type)) {
        merged.add(condition);
      }
    }
    return merged;
  }

  /** The condition of that type, or a missing node. */
  static JsonNode find(JsonNode conditions, String type) {
    for (var condition : conditions) {
      if (condition.path("type").asText().equals(type)) {
        return condition;
      }
    }
    return MissingNode.getInstance();
  }

  private static ObjectNode timed(ObjectNode condition, JsonNode before, Instant now) {
    var timed = condition.deepCopy();
    boolean same = before.path("status").asText("").equals(condition.path("status").asText());
    timed.put(
        "lastTransitionTime",
        same && before.hasNonNull("lastTransitionTime")
            ? before.path("lastTransitionTime").asText()
            : Timestamps.seconds(now));
    return timed;
  }
}
