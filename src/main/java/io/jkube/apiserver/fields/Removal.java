package io.jkube.apiserver.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.apiserver.fields.Structure.Parts;
import io.jkube.registry.schema.Schema;

/** Takes the paths of a set out of an object. */
record Removal(Structure structure) {
  /**
   * @return the rest, which shares with the object what stays as it is; a list or map that has
   *     become empty is null
   */
  ObjectNode without(Schema kind, ObjectNode object, FieldSet unwanted) {
    return value(kind, object, unwanted) instanceof ObjectNode rest ? rest : Json.object();
  }

  private JsonNode value(Schema stated, JsonNode value, FieldSet unwanted) {
    if (unwanted.isEmpty() || value.isEmpty()) {
      return value;
    }
    var parts = structure.parts(stated, value);
    return switch (value) {
      case ObjectNode object when parts == Parts.FIELDS -> fields(stated, object, unwanted);
      case ArrayNode list when parts == Parts.KEYED || parts == Parts.VALUES ->
          elements(stated, parts, list, unwanted);
      case ArrayNode atomic -> NullNode.instance;
      case ObjectNode atomic -> NullNode.instance;
      case JsonNode scalar -> scalar;
    };
  }

  private JsonNode fields(Schema stated, ObjectNode object, FieldSet unwanted) {
    var rest = Json.object();
    for (var field : object.properties()) {
      var element = PathElement.field(field.getKey());
      if (!unwanted.hasMember(element)) {
        var schema = structure.field(stated, field.getKey());
        rest.set(field.getKey(), value(schema, field.getValue(), unwanted.below(element)));
      }
    }
    return rest.isEmpty() ? NullNode.instance : rest;
  }

  private JsonNode elements(Schema stated, Parts parts, ArrayNode list, FieldSet unwanted) {
    var rest = Json.array();
    for (var item : list) {
      var element = structure.elementOf(stated, parts, item);
      if (!unwanted.hasMember(element)) {
        rest.add(value(structure.element(stated), item, unwanted.below(element)));
      }
    }
    return rest.isEmpty() ? NullNode.instance : rest;
  }
}
