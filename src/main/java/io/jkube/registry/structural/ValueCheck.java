package io.jkube.registry.structural;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;

/**
 * Holds values against a schema, in upstream's words. What is as it was before an update is not
 * held against a schema that became stricter since. One object's.
 */
final class ValueCheck {
  private final Violations violations;
  private final LeafCheck leaves;
  private final Expressions expressions;

  ValueCheck(Expressions expressions, Violations violations) {
    this.expressions = expressions;
    this.violations = violations;
    this.leaves = new LeafCheck(expressions, violations);
  }

  /**
   * @param old what stood there, or null
   * @param path {@code spec.list[0].field}; empty for the object itself
   */
  void check(JsonNode schema, JsonNode value, JsonNode old, String path) {
    if (value.equals(old)) {
      return;
    }
    if (value.isNull() && (schema.path("nullable").asBoolean() || !ValueTypes.isStated(schema))) {
      return;
    }
    if (!ValueTypes.fits(schema, value)) {
      var found = ValueTypes.name(value);
      leaves.typeInvalid(path, found, "must be of type " + ValueTypes.expected(schema), found);
      return;
    }
    leaves.check(schema, value, path);
    switch (value) {
      case ObjectNode object -> fields(schema, object, old, path);
      case ArrayNode array -> elements(schema, array, old, path);
      case JsonNode leaf -> {}
    }
    alternatives(schema, value, path);
  }

  private void fields(JsonNode schema, ObjectNode object, JsonNode old, String path) {
    for (var name : Tree.texts(schema, "/required")) {
      if (!object.has(name)) {
        violations.required(child(path, name), "");
      }
    }
    if (schema.path("x-kubernetes-embedded-resource").asBoolean()) {
      for (var name : new String[] {"apiVersion", "kind"}) {
        if (Tree.text(object, "/" + name).isEmpty()) {
          violations.required(child(path, name), "must not be empty");
        }
      }
    }
    var properties = schema.path("properties");
    var more = schema.path("additionalProperties");
    for (var field : object.properties()) {
      var own = properties.path(field.getKey());
      var known = own.isObject() ? own : more;
      if (known.isObject()) {
        var before = old == null ? null : old.get(field.getKey());
        check(known, field.getValue(), before, child(path, field.getKey()));
      }
    }
  }

  private static String child(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private void elements(JsonNode schema, ArrayNode array, JsonNode old, String path) {
    var items = schema.path("items");
    if (items.isObject()) {
      var before = new Correlation(schema, old);
      for (int i = 0; i < array.size(); i++) {
        check(items, array.get(i), before.of(array.get(i), i), path + "[" + i + "]");
      }
    }
    Uniqueness.check(schema, array, path, violations);
  }

  private void alternatives(JsonNode schema, JsonNode value, String path) {
    var all = schema.path("allOf");
    int valid = 0;
    for (var each : all) {
      var found = judged(each, value, path);
      valid += found.isEmpty() ? 1 : 0;
      add(found);
    }
    if (valid < all.size()) {
      var none = valid == 0 ? ". None validated" : "";
      leaves.whole(quoted(path) + " must validate all the schemas (allOf)" + none);
    }
    anyOf(schema.path("anyOf"), value, path);
    oneOf(schema.path("oneOf"), value, path);
    if (schema.path("not").isObject() && judged(schema.path("not"), value, path).isEmpty()) {
      leaves.whole(quoted(path) + " must not validate the schema (not)");
    }
  }

  private void anyOf(JsonNode choices, JsonNode value, String path) {
    Violations best = null;
    for (var each : choices) {
      var found = judged(each, value, path);
      if (found.isEmpty()) {
        return;
      }
      best = better(best, found);
    }
    if (best != null) {
      leaves.whole(quoted(path) + " must validate at least one schema (anyOf)");
      add(best);
    }
  }

  private void oneOf(JsonNode choices, JsonNode value, String path) {
    Violations best = null;
    int valid = 0;
    for (var each : choices) {
      var found = judged(each, value, path);
      valid += found.isEmpty() ? 1 : 0;
      best = better(best, found);
    }
    if (best == null || valid == 1) {
      return;
    }
    var what = valid == 0 ? "Found none valid" : "Found " + valid + " valid alternatives";
    leaves.whole(quoted(path) + " must validate one and only one schema (oneOf). " + what);
    if (valid == 0) {
      add(best);
    }
  }

  private Violations judged(JsonNode schema, JsonNode value, String path) {
    var found = new Violations();
    new ValueCheck(expressions, found).check(schema, value, null, path);
    return found;
  }

  private static Violations better(Violations one, Violations other) {
    return one == null || other.list().size() < one.list().size() ? other : one;
  }

  private void add(Violations found) {
    found.list().forEach(each -> violations.add(each.reason(), each.field(), each.message()));
  }

  private static String quoted(String path) {
    return '"' + path + '"';
  }
}
