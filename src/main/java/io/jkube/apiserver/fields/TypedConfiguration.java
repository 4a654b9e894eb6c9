package io.jkube.apiserver.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.apiserver.fields.Structure.Parts;
import io.jkube.registry.schema.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Finds what in a configuration does not fit the schema, in the words of upstream. */
final class TypedConfiguration {
  private final Structure structure;
  private final List<String> wrong = new ArrayList<>();

  private TypedConfiguration(Structure structure) {
    this.structure = structure;
  }

  /** What is wrong, in one text; empty when nothing is. */
  static String check(Structure structure, Schema kind, ObjectNode configuration) {
    var check = new TypedConfiguration(structure);
    check.value(kind, configuration, "");
    return switch (check.wrong.size()) {
      case 0 -> "";
      case 1 -> check.wrong.getFirst();
      default -> "errors:\n  " + String.join("\n  ", check.wrong);
    };
  }

  private void value(Schema stated, JsonNode value, String path) {
    if (stated == null || value.isNull()) {
      return;
    }
    var schema = structure.schemas().resolve(stated);
    if (schema.isOpen()) {
      return;
    }
    switch (schema.type()) {
      case OBJECT, MAP -> fields(stated, value, path);
      case ARRAY -> elements(stated, value, path);
      case STRING -> require(value.isTextual(), path, "expected string, got " + inGo(value));
      case BOOLEAN -> require(value.isBoolean(), path, "expected boolean, got " + shown(value));
      case INTEGER, NUMBER ->
          require(value.isNumber(), path, "expected numeric (int or float), got " + goType(value));
      case INT_OR_STRING, QUANTITY ->
          require(value.isValueNode(), path, "expected any scalar, got " + shown(value));
      case ANY -> {}
      case REFERENCE -> throw new IllegalStateException("unresolved " + schema.name());
    }
  }

  private void fields(Schema stated, JsonNode value, String path) {
    if (!require(value.isObject(), path, "expected map, got " + shown(value))) {
      return;
    }
    for (var field : value.properties()) {
      var at = path + "." + field.getKey();
      var schema = structure.field(stated, field.getKey());
      if (schema == null && !structure.takesAnyField(stated)) {
        wrong.add(at + ": field not declared in schema");
        return;
      }
      value(schema, field.getValue(), at);
    }
  }

  private void elements(Schema stated, JsonNode value, String path) {
    if (!require(value.isArray(), path, "expected list, got " + shown(value))) {
      return;
    }
    var parts = structure.parts(stated, value);
    var seen = new HashSet<String>();
    var list = (ArrayNode) value;
    for (int i = 0; i < list.size(); i++) {
      var at = path + "[" + i + "]";
      if (parts != Parts.NONE) {
        try {
          var element = structure.elementOf(stated, parts, list.get(i));
          at = path + PathElement.display(element);
          if (!seen.add(element)) {
            wrong.add(path + ": duplicate entries for key " + PathElement.display(element));
          }
        } catch (Structure.Keyless keyless) {
          wrong.add(path + ": element " + i + ": " + keyless.getMessage());
          return;
        }
      }
      value(structure.element(stated), list.get(i), at);
    }
  }

  private boolean require(boolean fits, String path, String why) {
    if (!fits) {
      wrong.add((path.isEmpty() ? "" : path + ": ") + why);
    }
    return fits;
  }

  private static String shown(JsonNode value) {
    return "&{" + (value.isTextual() ? value.asText() : value.toString()) + "}";
  }

  private static String inGo(JsonNode value) {
    return "&value.valueUnstructured{Value:" + value + "}";
  }

  private static String goType(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING, BINARY -> "string";
      case BOOLEAN -> "bool";
      case OBJECT, POJO -> "map[string]interface {}";
      case ARRAY -> "[]interface {}";
      case NUMBER -> "float64";
      case NULL, MISSING -> "<nil>";
    };
  }
}
