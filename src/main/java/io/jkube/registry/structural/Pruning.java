package io.jkube.registry.structural;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds, or removes, the fields that a schema does not specify. One object's. */
final class Pruning {
  private final boolean remove;
  private final List<String> found = new ArrayList<>();
  private final Map<String, ObjectNode> embedded = new LinkedHashMap<>();

  private Pruning(boolean remove) {
    this.remove = remove;
  }

  /** The paths of such fields: {@code spec.foo}, {@code spec.list[0].foo}. */
  static List<String> unknown(Structural schema, ObjectNode object) {
    var pruning = new Pruning(false);
    pruning.fields(schema, object, "", true);
    return pruning.found;
  }

  static void prune(Structural schema, ObjectNode object) {
    new Pruning(true).fields(schema, object, "", true);
  }

  /** The whole objects inside, by their paths. */
  static Map<String, ObjectNode> embedded(Structural schema, ObjectNode object) {
    var pruning = new Pruning(false);
    pruning.fields(schema, object, "", true);
    return pruning.embedded;
  }

  private void visit(Structural schema, JsonNode node, String path) {
    switch (node) {
      case ObjectNode object -> {
        if (schema.embedded()) {
          embedded.put(path, object);
        }
        fields(schema, object, path, schema.embedded());
      }
      case ArrayNode array -> {
        if (schema.items() != null) {
          for (int i = 0; i < array.size(); i++) {
            visit(schema.items(), array.get(i), path + "[" + i + "]");
          }
        }
      }
      case JsonNode leaf -> {}
    }
  }

  private void fields(Structural schema, ObjectNode object, String path, boolean whole) {
    for (var fields = object.properties().iterator(); fields.hasNext(); ) {
      var field = fields.next();
      var name = field.getKey();
      if (whole && Structural.OBJECT_FIELDS.contains(name)) {
        continue;
      }
      var at = path.isEmpty() ? name : path + "." + name;
      var known = schema.field(name);
      if (known != null) {
        visit(known, field.getValue(), at);
      } else if (!schema.takesAny()) {
        found.add(at);
        if (remove) {
          fields.remove();
        }
      }
    }
  }
}
