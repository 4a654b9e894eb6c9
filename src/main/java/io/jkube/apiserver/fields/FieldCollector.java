package io.jkube.apiserver.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.apiserver.fields.Structure.Parts;
import io.jkube.registry.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the set of what an object says: its leaves, and the elements of its lists and maps. */
final class FieldCollector {
  private final Structure structure;
  private final FieldSet.Builder found = new FieldSet.Builder();
  private final List<String> path = new ArrayList<>();

  private FieldCollector(Structure structure) {
    this.structure = structure;
  }

  static FieldSet fieldsOf(Structure structure, Schema kind, ObjectNode object) {
    var collector = new FieldCollector(structure);
    collector.value(kind, object);
    return collector.found.build();
  }

  private void value(Schema stated, JsonNode value) {
    var parts = structure.parts(stated, value);
    switch (parts) {
      case NONE -> found.add(path);
      case FIELDS -> {
        if (value instanceof ObjectNode object) {
          fields(stated, object);
        }
      }
      case KEYED, VALUES -> {
        if (value instanceof ArrayNode list) {
          elements(stated, parts, list);
        }
      }
    }
  }

  private void fields(Schema stated, ObjectNode object) {
    for (var field : object.properties()) {
      var value = field.getValue();
      path.add(PathElement.field(field.getKey()));
      value(structure.field(stated, field.getKey()), value);
      boolean empty = value.isNull() || (value.isObject() && value.isEmpty());
      if (empty || !structure.declares(stated, field.getKey())) {
        found.add(path);
      }
      path.removeLast();
    }
  }

  /** Elements with the same keys count once, without their parts. */
  private void elements(Schema stated, Parts parts, ArrayNode list) {
    Map<String, Integer> counts = new HashMap<>();
    for (var item : list) {
      counts.merge(structure.elementOf(stated, parts, item), 1, Integer::sum);
    }
    for (var item : list) {
      var element = structure.elementOf(stated, parts, item);
      path.add(element);
      if (counts.get(element) == 1) {
        value(structure.element(stated), item);
      }
      found.add(path);
      path.removeLast();
    }
  }
}
