package io.jkube.apiserver.mutation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A field that is null is a field that is not there, as in upstream's typed objects. */
final class Nulls {
  private Nulls() {}

  /** Removes such fields, at any depth; elements of lists stay. */
  static void remove(JsonNode node) {
    switch (node) {
      case ObjectNode object -> {
        object.removeIf(JsonNode::isNull);
        object.forEach(Nulls::remove);
      }
      case ArrayNode array -> array.forEach(Nulls::remove);
      case JsonNode leaf -> {}
    }
  }
}
