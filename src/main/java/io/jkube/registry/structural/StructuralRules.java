package io.jkube.registry.structural;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import java.util.List;

/** What makes a schema structural, in upstream's words. One schema's. */
public final class StructuralRules {
  private static final List<String> TYPES =
      List.of("array", "boolean", "integer", "number", "object", "string");

  /** What a schema below allOf, anyOf, oneOf or not leaves to the one place of the field. */
  private static final List<String> FORBIDDEN_IN_LOGIC =
      List.of(
          "additionalProperties",
          "description",
          "type",
          "title",
          "nullable",
          "x-kubernetes-preserve-unknown-fields",
          "x-kubernetes-embedded-resource",
          "x-kubernetes-int-or-string",
          "x-kubernetes-list-type",
          "x-kubernetes-list-map-keys",
          "x-kubernetes-map-type",
          "x-kubernetes-validations");

  private static final List<String> UNSUPPORTED =
      List.of("$ref", "definitions", "dependencies", "patternProperties", "id");

  private final Violations violations;

  private StructuralRules(Violations violations) {
    this.violations = violations;
  }

  /**
   * @param path of the schema: {@code spec.versions[0].schema.openAPIV3Schema}
   */
  public static void validate(ObjectNode schema, String path, Violations violations) {
    var type = Tree.text(schema, "/type");
    if (type.isEmpty()) {
      violations.required(path + ".type", "must not be empty at the root");
    } else if (!type.equals("object")) {
      violations.invalid(path + ".type", type, "must be object at the root");
    }
    if (schema.path("nullable").asBoolean()) {
      violations.forbidden(path + ".nullable", "nullable cannot be true at the root");
    }
    new StructuralRules(violations).check(schema, path, true);
  }

  private void check(JsonNode schema, String path, boolean root) {
    type(schema, path, root);
    for (var word : UNSUPPORTED) {
      if (schema.has(word)) {
        violations.forbidden(path + "." + word, word + " is not supported");
      }
    }
    if (schema.path("uniqueItems").asBoolean()) {
      violations.forbidden(
          path + ".uniqueItems",
          "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
    }
    values(schema, path);
    lists(schema, path);
    children(schema, path);
    logic(schema, path);
  }

  private void type(JsonNode schema, String path, boolean root) {
    var type = Tree.text(schema, "/type");
    boolean intOrString = schema.path("x-kubernetes-int-or-string").asBoolean();
    boolean open = schema.path("x-kubernetes-preserve-unknown-fields").asBoolean();
    if (!type.isEmpty() && !TYPES.contains(type)) {
      violations.notSupported(path + ".type", type, TYPES);
    }
    if (intOrString && !type.isEmpty()) {
      violations.invalid(
          path + ".type", type, "must be empty if x-kubernetes-int-or-string is true");
    }
    if (type.isEmpty() && !root && !intOrString && !open) {
      boolean items = path.endsWith(".items");
      violations.required(
          path + ".type",
          "must not be empty for specified " + (items ? "array items" : "object fields"));
    }
    if (schema.path("x-kubernetes-embedded-resource").asBoolean()) {
      if (!type.equals("object")) {
        violations.invalid(
            path + ".type", type, "must be object if x-kubernetes-embedded-resource is true");
      }
      if (!open && schema.path("properties").isEmpty()) {
        violations.required(
            path + ".properties",
            "must not be empty if x-kubernetes-embedded-resource is true without"
                + " x-kubernetes-preserve-unknown-fields");
      }
    }
  }

  private void values(JsonNode schema, String path) {
    var pattern = Tree.text(schema, "/pattern");
    if (!pattern.isEmpty()) {
      Expressions.problem(pattern)
          .ifPresent(
              why ->
                  violations.invalid(
                      path + ".pattern",
                      pattern,
                      "must be a valid regular expression, but isn't: " + why));
    }
    if (schema.has("default") && schema instanceof ObjectNode stated) {
      defaultValue(stated, path + ".default");
    }
  }

  /** A default must itself be what the schema asks for, once it has the defaults inside. */
  private void defaultValue(ObjectNode schema, String path) {
    var value = schema.get("default").deepCopy();
    Defaulting.apply(Structural.read(schema), value);
    var found = new Violations();
    new ValueCheck(new Expressions(), found).check(schema, value, null, "");
    for (var each : found.list()) {
      var at = each.field().equals("<nil>") ? path : path + "." + each.field();
      violations.add(each.reason(), at, each.message());
    }
  }

  private void lists(JsonNode schema, String path) {
    var list = Tree.text(schema, "/x-kubernetes-list-type");
    var keys = Tree.texts(schema, "/x-kubernetes-list-map-keys");
    if (!list.isEmpty()) {
      if (!Tree.text(schema, "/type").equals("array")) {
        violations.invalid(
            path + ".type",
            Tree.text(schema, "/type"),
            "must be array if x-kubernetes-list-type is specified");
      }
      if (!List.of("atomic", "set", "map").contains(list)) {
        violations.notSupported(
            path + ".x-kubernetes-list-type", list, List.of("atomic", "set", "map"));
      }
    }
    if (list.equals("map")) {
      if (keys.isEmpty()) {
        violations.required(
            path + ".x-kubernetes-list-map-keys",
            "must not be empty if x-kubernetes-list-type is map");
      }
      keys(schema, keys, path);
    } else if (!keys.isEmpty()) {
      violations.invalid(
          path + ".x-kubernetes-list-type",
          list,
          "must be map if x-kubernetes-list-map-keys is non-empty");
    }
    var map = Tree.text(schema, "/x-kubernetes-map-type");
    if (!map.isEmpty() && !List.of("atomic", "granular").contains(map)) {
      violations.notSupported(path + ".x-kubernetes-map-type", map, List.of("atomic", "granular"));
    }
    if (!map.isEmpty() && !Tree.text(schema, "/type").equals("object")) {
      violations.invalid(
          path + ".type",
          Tree.text(schema, "/type"),
          "must be object if x-kubernetes-map-type is specified");
    }
  }

  private void keys(JsonNode schema, List<String> keys, String path) {
    var items = schema.path("items");
    var required = Tree.texts(items, "/required");
    for (var key : keys) {
      var property = items.path("properties").path(key);
      if (property.isMissingNode()) {
        violations.invalid(
            path + ".x-kubernetes-list-map-keys",
            words(keys),
            "entries must all be names of item properties");
      } else if (!required.contains(key) && !property.has("default")) {
        violations.required(
            path + ".items.properties[" + key + "].default",
            "this property is in x-kubernetes-list-map-keys, so it must have a default or be a"
                + " required property");
      }
    }
  }

  private static JsonNode words(List<String> words) {
    var array = Json.array();
    words.forEach(array::add);
    return array;
  }

  private void children(JsonNode schema, String path) {
    var properties = schema.path("properties");
    for (var property : properties.properties()) {
      check(property.getValue(), path + ".properties[" + property.getKey() + "]", false);
    }
    var more = schema.path("additionalProperties");
    if (more.isObject()) {
      check(more, path + ".additionalProperties", false);
    }
    if (!properties.isEmpty() && (more.isObject() || more.asBoolean())) {
      violations.forbidden(
          path + ".additionalProperties",
          "additionalProperties and properties are mutual exclusive");
    }
    if (more.isBoolean() && !more.asBoolean()) {
      violations.forbidden(
          path + ".additionalProperties", "additionalProperties cannot be set to false");
    }
    var items = schema.path("items");
    if (items.isObject()) {
      check(items, path + ".items", false);
    } else if (items.isArray()) {
      violations.forbidden(path + ".items", "items must be a schema object and not an array");
    } else if (Tree.text(schema, "/type").equals("array")) {
      violations.required(path + ".items", "must be specified");
    }
  }

  private void logic(JsonNode schema, String path) {
    boolean intOrString = schema.path("x-kubernetes-int-or-string").asBoolean();
    for (var word : List.of("allOf", "anyOf", "oneOf")) {
      for (int i = 0; i < schema.path(word).size(); i++) {
        alternative(
            schema.path(word).get(i), schema, path + "." + word + "[" + i + "]", intOrString);
      }
    }
    if (schema.path("not").isObject()) {
      alternative(schema.path("not"), schema, path + ".not", intOrString);
    }
  }

  /** Only bounds of values, and only of fields that have their place. */
  private void alternative(JsonNode part, JsonNode whole, String path, boolean typed) {
    for (var word : FORBIDDEN_IN_LOGIC) {
      var value = part.path(word);
      boolean usual = word.equals("type") && typed;
      if (!usual && !Tree.isEmpty(value) && !(value.isBoolean() && !value.asBoolean())) {
        violations.forbidden(path + "." + word, "must be empty to be structural");
      }
    }
    if (part.has("default")) {
      violations.forbidden(path + ".default", "must be undefined to be structural");
    }
    for (var property : part.path("properties").properties()) {
      var own = whole.path("properties").path(property.getKey());
      var at = path + ".properties[" + property.getKey() + "]";
      if (own.isMissingNode() && !whole.path("additionalProperties").isObject()) {
        violations.required(
            at.replaceFirst("\\.(allOf|anyOf|oneOf)\\[\\d+]|\\.not", ""),
            "because it is defined in " + at.substring(at.indexOf("openAPIV3Schema") + 16));
      }
      alternative(property.getValue(), own, at, intOrString(own));
    }
    if (part.path("items").isObject()) {
      alternative(part.path("items"), whole.path("items"), path + ".items", false);
    }
    for (var word : List.of("allOf", "anyOf", "oneOf")) {
      for (int i = 0; i < part.path(word).size(); i++) {
        alternative(part.path(word).get(i), whole, path + "." + word + "[" + i + "]", typed);
      }
    }
    if (part.path("not").isObject()) {
      alternative(part.path("not"), whole, path + ".not", typed);
    }
  }

  private static boolean intOrString(JsonNode schema) {
    return schema.path("x-kubernetes-int-or-string").asBoolean();
  }
}
