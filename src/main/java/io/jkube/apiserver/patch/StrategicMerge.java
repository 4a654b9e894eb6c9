package io.jkube.apiserver.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionKind;
import io.jkube.registry.schema.MergeRule;
import io.jkube.registry.schema.SchemaSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Strategic merge patch: as a merge patch, but lists are merged by the schema's rules, and
 * directives say what cannot be said by values alone: {@code $patch}, {@code $retainKeys}, {@code
 * $deleteFromPrimitiveList/x}, {@code $setElementOrder/x}.
 */
public final class StrategicMerge {
  private static final String PATCH = "$patch";
  private static final String RETAIN_KEYS = "$retainKeys";
  private static final String DELETE_FROM = "$deleteFromPrimitiveList/";
  private static final String SET_ORDER = "$setElementOrder/";

  private final SchemaSource schemas;
  private final GroupVersionKind kind;

  public StrategicMerge(SchemaSource schemas, GroupVersionKind kind) {
    this.schemas = schemas;
    this.kind = kind;
  }

  /**
   * @throws ApiException BadRequest for a directive or an entry that makes no sense
   */
  public ObjectNode apply(ObjectNode current, ObjectNode patch) {
    return OwnTree.copy(merge(current, patch, List.of()));
  }

  /** The result shares branches with both: they must not be written to. */
  private ObjectNode merge(ObjectNode current, ObjectNode patch, List<String> path) {
    switch (patch.path(PATCH).asText()) {
      case "" -> {}
      case "merge" -> {}
      case "replace" -> {
        return withoutDirectives(patch);
      }
      case "delete" -> {
        return JsonNodeFactory.instance.objectNode();
      }
      default -> throw unknownDirective(patch.path(PATCH).asText());
    }
    var result = JsonNodeFactory.instance.objectNode();
    result.setAll(current);
    retainKeys(result, patch);
    for (var field : patch.properties()) {
      if (!field.getKey().startsWith("$")) {
        mergeField(result, patch, field.getKey(), field.getValue(), path);
      }
    }
    for (var field : patch.properties()) {
      var key = field.getKey();
      if (key.startsWith(DELETE_FROM)) {
        var name = key.substring(DELETE_FROM.length());
        if (!patch.has(name)) {
          removeValues(result, name, field.getValue());
        }
      } else if (key.startsWith(SET_ORDER) && !patch.has(key.substring(SET_ORDER.length()))) {
        order(result, patch, key.substring(SET_ORDER.length()), path);
      }
    }
    return result;
  }

  private void mergeField(
      ObjectNode result, ObjectNode patch, String name, JsonNode value, List<String> path) {
    if (value.isNull()) {
      result.remove(name);
      return;
    }
    var inner = below(path, name);
    switch (value) {
      case ObjectNode object -> mergeObject(result, name, object, inner);
      case ArrayNode array -> {
        removeValues(result, name, patch.path(DELETE_FROM + name));
        result.set(name, mergeList(result.get(name), array, inner));
        order(result, patch, name, path);
      }
      case JsonNode leaf -> result.set(name, leaf);
    }
  }

  private void mergeObject(ObjectNode result, String name, ObjectNode patch, List<String> path) {
    if (patch.path(PATCH).asText().equals("delete")) {
      result.remove(name);
      return;
    }
    if (schemas.mergeRule(kind, path).replaced()) {
      result.set(name, withoutDirectives(patch));
      return;
    }
    var before =
        result.get(name) instanceof ObjectNode object
            ? object
            : JsonNodeFactory.instance.objectNode();
    result.set(name, merge(before, patch, path));
  }

  private JsonNode mergeList(JsonNode current, ArrayNode patch, List<String> path) {
    var before = current instanceof ArrayNode array ? array : JsonNodeFactory.instance.arrayNode();
    var rule = schemas.mergeRule(kind, path);
    return switch (rule.list()) {
      case ATOMIC -> replacement(patch);
      case SET -> union(before, patch);
      case MAP -> mergeEntries(before, patch, rule.mergeKey(), path);
    };
  }

  private static ArrayNode replacement(ArrayNode patch) {
    var result = patch.arrayNode();
    for (var entry : patch) {
      if (entry instanceof ObjectNode object) {
        if (!object.has(PATCH)) {
          result.add(withoutDirectives(object));
        }
      } else {
        result.add(entry);
      }
    }
    return result;
  }

  private static ArrayNode union(ArrayNode before, ArrayNode patch) {
    var result = before.arrayNode().addAll(before);
    for (var value : patch) {
      if (!contains(result, value)) {
        result.add(value);
      }
    }
    return result;
  }

  private ArrayNode mergeEntries(ArrayNode before, ArrayNode patch, String key, List<String> path) {
    boolean replaces = false;
    for (var entry : patch) {
      replaces |= entry.path(PATCH).asText().equals("replace");
    }
    var result = patch.arrayNode();
    if (!replaces) {
      result.addAll(before);
    }
    for (var entry : patch) {
      if (!(entry instanceof ObjectNode object)) {
        throw ApiException.badRequest(
            "the entries of "
                + String.join(".", path)
                + " are merged by "
                + key
                + ": an object is needed, not "
                + entry);
      }
      if (!(object.path(PATCH).asText().equals("replace") && object.size() == 1)) {
        mergeEntry(result, object, key, path);
      }
    }
    return result;
  }

  private void mergeEntry(ArrayNode result, ObjectNode entry, String key, List<String> path) {
    var value = entry.get(key);
    if (value == null) {
      throw ApiException.badRequest(
          "map: " + entry + " does not contain declared merge key: " + key);
    }
    int at = indexOf(result, key, value);
    if (entry.path(PATCH).asText().equals("delete")) {
      for (int i = at; i >= 0; i = indexOf(result, key, value)) {
        result.remove(i);
      }
    } else if (at < 0) {
      result.add(merge(JsonNodeFactory.instance.objectNode(), entry, path));
    } else {
      result.set(at, merge((ObjectNode) result.get(at), entry, path));
    }
  }

  private static int indexOf(ArrayNode entries, String key, JsonNode value) {
    for (int i = 0; i < entries.size(); i++) {
      if (value.equals(entries.get(i).get(key))) {
        return i;
      }
    }
    return -1;
  }

  private static void retainKeys(ObjectNode result, ObjectNode patch) {
    if (patch.get(RETAIN_KEYS) instanceof ArrayNode keys) {
      var names = new ArrayList<String>();
      keys.forEach(name -> names.add(name.asText()));
      result.retain(names);
    }
  }

  private static void removeValues(ObjectNode result, String name, JsonNode unwanted) {
    if (result.get(name) instanceof ArrayNode values && unwanted instanceof ArrayNode) {
      var left = values.arrayNode();
      for (var value : values) {
        if (!contains(unwanted, value)) {
          left.add(value);
        }
      }
      result.set(name, left);
    }
  }

  private static boolean contains(JsonNode values, JsonNode value) {
    for (var each : values) {
      if (each.equals(value)) {
        return true;
      }
    }
    return false;
  }

  /** Brings the entries that the patch puts in order into it; the others keep their places. */
  private void order(ObjectNode result, ObjectNode patch, String name, List<String> path) {
    if (!(patch.get(SET_ORDER + name) instanceof ArrayNode order)
        || !(result.get(name) instanceof ArrayNode entries)) {
      return;
    }
    var rule = schemas.mergeRule(kind, below(path, name));
    if (rule.list() != MergeRule.ListKind.ATOMIC) {
      result.set(name, ElementOrder.apply(entries, order, rule));
    }
  }

  private static ObjectNode withoutDirectives(ObjectNode patch) {
    var result = JsonNodeFactory.instance.objectNode();
    for (var field : patch.properties()) {
      if (!field.getKey().startsWith("$")) {
        result.set(field.getKey(), field.getValue());
      }
    }
    return result;
  }

  private static List<String> below(List<String> path, String name) {
    var inner = new ArrayList<>(path);
    inner.add(name);
    return inner;
  }

  private static ApiException unknownDirective(String directive) {
    return ApiException.badRequest("Unknown patch type found: " + directive);
  }
}
