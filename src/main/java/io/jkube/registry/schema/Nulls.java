package io.jkube.registry.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Reads null as Go's decoder does: as nothing where a field is declared, as the zero of its type
 * among the elements of a list and the values of a map. What the schema does not tell of stays.
 */
record Nulls(Definitions definitions) {
  void settle(Schema stated, JsonNode node) {
    var schema = definitions.resolve(stated);
    if (schema.element() != null && node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        if (array.get(i).isNull()) {
          array.set(i, zero(schema.element()));
        }
        settle(schema.element(), array.get(i));
      }
    } else if (node instanceof ObjectNode object && !schema.isOpen()) {
      settleFields(schema, object);
    }
  }

  private void settleFields(Schema schema, ObjectNode object) {
    boolean map = schema.type() == Schema.Type.MAP;
    for (var fields = object.properties().iterator(); fields.hasNext(); ) {
      var field = fields.next();
      var known = map ? schema.element() : schema.properties().get(field.getKey());
      if (known == null) {
        continue;
      }
      if (!field.getValue().isNull()) {
        settle(known, field.getValue());
      } else if (map) {
        field.setValue(zero(known));
      } else {
        fields.remove();
      }
    }
  }

  private JsonNode zero(Schema stated) {
    var nodes = JsonNodeFactory.instance;
    var schema = definitions.resolve(stated);
    return switch (schema.type()) {
      case STRING -> nodes.textNode("");
      case INTEGER, NUMBER, INT_OR_STRING -> nodes.numberNode(0);
      case BOOLEAN -> nodes.booleanNode(false);
      case QUANTITY -> nodes.textNode("0");
      case OBJECT -> schema.isOpen() ? nodes.nullNode() : nodes.objectNode();
      case MAP, ARRAY, ANY, REFERENCE -> nodes.nullNode();
    };
  }
}
