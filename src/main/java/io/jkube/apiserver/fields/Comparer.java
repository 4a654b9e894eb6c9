package io.jkube.apiserver.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.apiserver.fields.Structure.Parts;
import io.jkube.registry.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Walks two states of an object side by side. For one comparison. */
final class Comparer {
  private static final ObjectNode EMPTY = JsonNodeFactory.instance.objectNode();
  private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();

  private final Structure structure;
  private final FieldSet.Builder removed = new FieldSet.Builder();
  private final FieldSet.Builder modified = new FieldSet.Builder();
  private final FieldSet.Builder added = new FieldSet.Builder();
  private final List<String> path = new ArrayList<>();

  private Comparer(Structure structure) {
    this.structure = structure;
  }

  /**
   * @param kind the schema of both; null where there is none
   */
  static Comparison compare(Structure structure, Schema kind, ObjectNode before, ObjectNode after) {
    var comparer = new Comparer(structure);
    comparer.fields(kind, before, after);
    return new Comparison(
        comparer.removed.build(), comparer.modified.build(), comparer.added.build());
  }

  /** One of both may be null: not there. */
  private void value(Schema stated, JsonNode before, JsonNode after) {
    var partsBefore = before == null || before.isNull() ? null : structure.parts(stated, before);
    var partsAfter = after == null || after.isNull() ? null : structure.parts(stated, after);
    if (partsBefore != null && partsAfter != null && partsBefore != partsAfter) {
      inside(stated, partsBefore, before, null);
      inside(stated, partsAfter, null, after);
      leaf(before, after);
      return;
    }
    var parts = partsAfter != null ? partsAfter : partsBefore;
    boolean empty = isEmpty(before) && isEmpty(after);
    if (parts == null || parts == Parts.NONE || empty) {
      leaf(before, after);
      return;
    }
    inside(stated, parts, before, after);
    if (before == null) {
      added.add(path);
    } else if (after == null) {
      removed.add(path);
    }
  }

  private static boolean isEmpty(JsonNode value) {
    return value == null || value.isNull() || (value.isContainerNode() && value.isEmpty());
  }

  private void leaf(JsonNode before, JsonNode after) {
    if (before == null) {
      added.add(path);
    } else if (after == null) {
      removed.add(path);
    } else if (!Same.same(before, after)) {
      modified.add(path);
    }
  }

  private void inside(Schema stated, Parts parts, JsonNode before, JsonNode after) {
    switch (parts) {
      case FIELDS -> fields(stated, object(before), object(after));
      case KEYED, VALUES -> {
        var left = before instanceof ArrayNode list ? list : null;
        var right = after instanceof ArrayNode list ? list : null;
        if (left == null || right == null || !Same.same(left, right)) {
          elements(stated, parts, left, right);
        }
      }
      case NONE -> {}
    }
  }

  /** {@link #NOTHING} stands for an object that is not there; an empty one has its structs. */
  private static ObjectNode object(JsonNode value) {
    return value instanceof ObjectNode object ? object : value == null ? NOTHING : EMPTY;
  }

  private void fields(Schema stated, ObjectNode before, ObjectNode after) {
    for (var field : before.properties()) {
      var name = field.getKey();
      if (!isOwnerless(name)) {
        field(stated, name, before, after);
      }
    }
    for (var field : after.properties()) {
      if (!before.has(field.getKey()) && !isOwnerless(field.getKey())) {
        field(stated, field.getKey(), before, after);
      }
    }
  }

  private boolean isOwnerless(String name) {
    return switch (path.size()) {
      case 0 -> Ownerless.TOP.contains(name);
      case 1 -> path.getFirst().equals("f:metadata") && Ownerless.METADATA.contains(name);
      default -> false;
    };
  }

  private void field(Schema stated, String name, ObjectNode before, ObjectNode after) {
    var schema = structure.field(stated, name);
    var left = there(stated, name, schema, before);
    var right = there(stated, name, schema, after);
    path.add(PathElement.field(name));
    value(schema, left, right);
    path.removeLast();
  }

  /** The field's value, or what upstream's typed object holds when it is not written. */
  private JsonNode there(Schema stated, String name, Schema schema, ObjectNode holder) {
    var value = holder.get(name);
    if (value != null || holder == NOTHING) {
      return value;
    }
    if (Structure.isAlwaysThere(schema)) {
      return EMPTY;
    }
    return structure.isRequiredList(stated, name, schema) ? NullNode.instance : null;
  }

  private void elements(Schema stated, Parts parts, ArrayNode before, ArrayNode after) {
    var left = byElement(stated, parts, before);
    var right = byElement(stated, parts, after);
    var schema = structure.element(stated);
    for (var element : left.keySet()) {
      element(element, schema, left.get(element), right.getOrDefault(element, List.of()));
    }
    for (var element : right.keySet()) {
      if (!left.containsKey(element)) {
        element(element, schema, List.of(), right.get(element));
      }
    }
  }

  private Map<String, List<JsonNode>> byElement(Schema stated, Parts parts, ArrayNode list) {
    var byElement = new LinkedHashMap<String, List<JsonNode>>();
    if (list != null) {
      for (var item : list) {
        var element = structure.elementOf(stated, parts, item);
        byElement.computeIfAbsent(element, first -> new ArrayList<>(1)).add(item);
      }
    }
    return byElement;
  }

  /** Elements with the same keys have no parts: they change together. */
  private void element(String element, Schema schema, List<JsonNode> left, List<JsonNode> right) {
    path.add(element);
    if (left.size() <= 1 && right.size() <= 1) {
      value(schema, only(left), only(right));
    } else if (left.size() > 1 && right.size() > 1) {
      if (!left.equals(right)) {
        modified.add(path);
      }
    } else if (left.size() > 1) {
      if (!right.isEmpty()) {
        value(schema, null, only(right));
      }
      removed.add(path);
    } else {
      if (!left.isEmpty()) {
        value(schema, only(left), null);
      }
      added.add(path);
    }
    path.removeLast();
  }

  private static JsonNode only(List<JsonNode> values) {
    return values.isEmpty() ? null : values.getFirst();
  }
}
