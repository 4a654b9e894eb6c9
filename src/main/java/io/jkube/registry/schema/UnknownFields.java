package io.jkube.registry.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Walks an object beside its schema and finds, or removes, the fields the schema does not have. */
final class UnknownFields {
  private final Definitions definitions;
  private final boolean remove;
  private final List<String> found = new ArrayList<>();

  UnknownFields(Definitions definitions, boolean remove) {
    this.definitions = definitions;
    this.remove = remove;
  }

  /** Paths in document order, such as {@code spec.containers[0].foo}. */
  List<String> found() {
    return found;
  }

  void visit(Schema stated, JsonNode node, String path) {
    var schema = definitions.resolve(stated);
    if (schema.element() != null && node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        visit(schema.element(), array.get(i), path + "[" + i + "]");
      }
    } else if (node instanceof ObjectNode object && !schema.isOpen()) {
      visitFields(schema, object, path);
    }
  }

  private void visitFields(Schema schema, ObjectNode object, String path) {
    boolean map = schema.type() == Schema.Type.MAP;
    for (var fields = object.properties().iterator(); fields.hasNext(); ) {
      var field = fields.next();
      var at = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
      var known = map ? schema.element() : schema.properties().get(field.getKey());
      if (known == null) {
        found.add(at);
        if (remove) {
          fields.remove();
        }
      } else {
        visit(known, field.getValue(), at);
      }
    }
  }
}
