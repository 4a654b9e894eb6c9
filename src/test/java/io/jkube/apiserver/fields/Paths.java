package io.jkube.apiserver.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.apiserver.fields.Structure.Parts;
import io.jkube.registry.schema.Schema;
import java.util.List;

/** Follows paths into Services. */
final class Paths {
  private Paths() {}

  static boolean has(ObjectNode service, List<String> path) {
    return at(service, path) != null;
  }

  /** Whether what is there has parts of its own, as maps and lists do that are not atomic. */
  static boolean isContainer(List<String> path) {
    var schema = Shapes.service();
    for (var element : path) {
      schema =
          PathElement.isField(element)
              ? Shapes.STRUCTURE.field(schema, PathElement.fieldName(element))
              : Shapes.STRUCTURE.element(schema);
    }
    return Shapes.STRUCTURE.parts(schema, Json.array()) != Parts.NONE;
  }

  /** The value there, or null. */
  static JsonNode at(ObjectNode service, List<String> path) {
    JsonNode at = service;
    var schema = Shapes.service();
    for (var element : path) {
      if (at == null) {
        return null;
      }
      if (PathElement.isField(element)) {
        var name = PathElement.fieldName(element);
        schema = schema == null ? null : Shapes.STRUCTURE.field(schema, name);
        at = at.get(name);
      } else {
        at = element(schema, at, element);
        schema = Shapes.STRUCTURE.element(schema);
      }
    }
    return at;
  }

  private static JsonNode element(Schema list, JsonNode at, String element) {
    var parts = Shapes.STRUCTURE.parts(list, at);
    if (parts != Parts.NONE) {
      for (var item : at) {
        if (Shapes.STRUCTURE.elementOf(list, parts, item).equals(element)) {
          return item;
        }
      }
    }
    return null;
  }
}
