package io.jkube.apiserver.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;

/** Copies, in which a field that is null is a field that is not there. */
final class WithoutNulls {
  private WithoutNulls() {}

  static ObjectNode copy(ObjectNode object) {
    var copy = Json.object();
    for (var field : object.properties()) {
      if (!field.getValue().isNull()) {
        copy.set(field.getKey(), copyOf(field.getValue()));
      }
    }
    return copy;
  }

  private static JsonNode copyOf(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> copy(object);
      case ArrayNode list -> {
        var copy = Json.array();
        list.forEach(item -> copy.add(copyOf(item)));
        yield copy;
      }
      case JsonNode scalar -> scalar;
    };
  }
}
