package io.jkube.apiserver.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Whether a write changes anything: the revision is no change, nor is the time in {@code
 * managedFields} where all else is the same.
 */
public final class Unchanged {
  private Unchanged() {}

  public static boolean isSame(ObjectNode next, ObjectNode current) {
    if (next.size() != current.size()) {
      return false;
    }
    for (var field : next.properties()) {
      var before = current.get(field.getKey());
      boolean metadata = field.getKey().equals("metadata");
      if (before == null || !metadata && !Same.same(field.getValue(), before)) {
        return false;
      }
    }
    return sameMetadata(next.get("metadata"), current.get("metadata"));
  }

  private static boolean sameMetadata(JsonNode next, JsonNode current) {
    return covers(next, current)
        && covers(current, next)
        && sameButTimes(next.path("managedFields"), current.path("managedFields"));
  }

  private static boolean covers(JsonNode one, JsonNode other) {
    for (var field : one.properties()) {
      var name = field.getKey();
      if (!name.equals("resourceVersion") && !name.equals("managedFields")) {
        var value = other.get(name);
        if (value == null || !Same.same(field.getValue(), value)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean sameButTimes(JsonNode next, JsonNode current) {
    if (next.size() != current.size()) {
      return false;
    }
    for (int i = 0; i < next.size(); i++) {
      if (!sameButTime(next.get(i), current.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameButTime(JsonNode next, JsonNode current) {
    for (var field : next.properties()) {
      boolean time = field.getKey().equals("time");
      var before = current.get(field.getKey());
      if (!time && (before == null || !Same.same(field.getValue(), before))) {
        return false;
      }
    }
    return true;
  }
}
