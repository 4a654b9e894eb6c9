package io.jkube.cli.print;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Objects without the record of who set which field, which few want to read. */
final class ManagedFields {
  private static final String FIELD = "managedFields";

  private ManagedFields() {}

  static ObjectNode removed(ObjectNode object) {
    if (!has(object) && object.path("items").valueStream().noneMatch(ManagedFields::has)) {
      return object;
    }
    var copy = object.deepCopy();
    remove(copy);
    copy.path("items").forEach(ManagedFields::remove);
    return copy;
  }

  private static boolean has(JsonNode object) {
    return object.path("metadata").has(FIELD);
  }

  private static void remove(JsonNode object) {
    if (object.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove(FIELD);
    }
  }
}
