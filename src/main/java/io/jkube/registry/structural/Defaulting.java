package io.jkube.registry.structural;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Fills in what a schema states; a null where none may be says the same as nothing. */
final class Defaulting {
  private Defaulting() {}

  /** Idempotent. */
  static void apply(Structural schema, JsonNode node) {
    switch (node) {
      case ObjectNode object -> fields(schema, object);
      case ArrayNode array -> elements(schema, array);
      case JsonNode leaf -> {}
    }
  }

  private static void fields(Structural schema, ObjectNode object) {
    object
        .properties()
        .removeIf(
            field -> {
              var known = schema.field(field.getKey());
              return known != null && field.getValue().isNull() && !known.nullable();
            });
    for (var property : schema.properties().entrySet()) {
      var value = property.getValue().defaultValue();
      if (value != null && !object.has(property.getKey())) {
        object.set(property.getKey(), value.deepCopy());
      }
    }
    for (var field : object.properties()) {
      var known = schema.field(field.getKey());
      if (known != null) {
        apply(known, field.getValue());
      }
    }
  }

  private static void elements(Structural schema, ArrayNode array) {
    var items = schema.items();
    if (items == null) {
      return;
    }
    for (int i = 0; i < array.size(); i++) {
      if (array.get(i).isNull() && !items.nullable() && items.defaultValue() != null) {
        array.set(i, items.defaultValue().deepCopy());
      }
      apply(items, array.get(i));
    }
  }
}
