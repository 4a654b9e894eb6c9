package io.jkube.apiserver.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** RFC 7386: objects are merged, null removes, everything else replaces. */
public final class MergePatch {
  private MergePatch() {}

  /** The result is a tree of the caller's own. */
  public static JsonNode apply(JsonNode current, JsonNode patch) {
    var merged = merge(current, patch);
    return merged instanceof ObjectNode object ? OwnTree.copy(object) : merged.deepCopy();
  }

  private static JsonNode merge(JsonNode current, JsonNode patch) {
    if (!(patch instanceof ObjectNode fields)) {
      return patch;
    }
    var result = JsonNodeFactory.instance.objectNode();
    if (current instanceof ObjectNode object) {
      result.setAll(object);
    }
    for (var field : fields.properties()) {
      if (field.getValue().isNull()) {
        result.remove(field.getKey());
      } else {
        var before = result.path(field.getKey());
        result.set(field.getKey(), merge(before, field.getValue()));
      }
    }
    return result;
  }
}
