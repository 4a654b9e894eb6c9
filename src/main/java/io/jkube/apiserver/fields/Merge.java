package io.jkube.apiserver.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.apiserver.fields.Structure.Parts;
import io.jkube.registry.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lays a configuration over an object: its leaves win, nothing is removed. Elements that both have
 * come in the order of the configuration, those that only the object has keep their neighbours.
 */
record Merge(Structure structure) {
  /**
   * @return a tree of its own at the top, which shares branches with both
   */
  ObjectNode merge(Schema kind, ObjectNode object, ObjectNode configuration) {
    return (ObjectNode) value(kind, object, configuration);
  }

  private JsonNode value(Schema stated, JsonNode before, JsonNode config) {
    if (before == null || config == null) {
      return config == null ? before : config;
    }
    var parts = structure.parts(stated, config);
    boolean empty = before.isEmpty() && config.isEmpty();
    if (parts == Parts.FIELDS
        && !empty
        && before instanceof ObjectNode left
        && config instanceof ObjectNode right) {
      return fields(stated, left, right);
    }
    boolean list = parts == Parts.KEYED || parts == Parts.VALUES;
    if (list && !empty && before instanceof ArrayNode left && config instanceof ArrayNode right) {
      return elements(stated, parts, left, right);
    }
    return list && config.isNull() || parts == Parts.FIELDS && config.isNull() ? before : config;
  }

  private ObjectNode fields(Schema stated, ObjectNode before, ObjectNode config) {
    var merged = Json.object();
    merged.setAll(before);
    for (var field : config.properties()) {
      var name = field.getKey();
      merged.set(name, value(structure.field(stated, name), before.get(name), field.getValue()));
    }
    return merged;
  }

  private ArrayNode elements(Schema stated, Parts parts, ArrayNode before, ArrayNode config) {
    var left = names(stated, parts, before);
    var right = names(stated, parts, config);
    var merge = new ListMerge(left, right);
    var schema = structure.element(stated);
    var firstLeft = firstItems(left, before);
    var result = Json.array();
    for (var step : merge.steps()) {
      var mine = step.left() >= 0 ? before.get(step.left()) : null;
      if (step.right() < 0) {
        result.add(mine);
      } else {
        var element = right.get(step.right());
        result.add(value(schema, firstLeft.get(element), config.get(step.right())));
      }
    }
    return result;
  }

  private List<String> names(Schema stated, Parts parts, ArrayNode list) {
    var names = new ArrayList<String>();
    list.forEach(item -> names.add(structure.elementOf(stated, parts, item)));
    return names;
  }

  /** The items by their elements; where several share one, they are replaced, not merged. */
  private static Map<String, JsonNode> firstItems(List<String> names, ArrayNode list) {
    var items = new HashMap<String, JsonNode>();
    var seen = new HashMap<String, Integer>();
    for (int i = 0; i < names.size(); i++) {
      items.put(names.get(i), list.get(i));
      if (seen.merge(names.get(i), 1, Integer::sum) > 1) {
        items.put(names.get(i), null);
      }
    }
    return items;
  }
}
