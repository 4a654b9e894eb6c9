package io.jkube.registry.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.Json;
import io.jkube.registry.schema.BuiltinDefinitions;
import io.jkube.registry.schema.Schema;
import io.jkube.registry.schema.Schema.Merge;
import io.jkube.registry.schema.Schema.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes definitions, and all that they refer to, as OpenAPI schemas. One document's. */
final class SchemaWriter {
  private final BuiltinDefinitions definitions;
  private final Map<String, GroupVersionKind> kinds;
  private final Descriptions descriptions = new Descriptions();
  private final Dialect dialect;
  private final CustomDefinitions custom;
  private final Map<String, ObjectNode> written = new TreeMap<>();
  private final Deque<String> waiting = new ArrayDeque<>();

  SchemaWriter(BuiltinDefinitions definitions, CustomDefinitions custom, Dialect dialect) {
    this.definitions = definitions;
    this.custom = custom;
    this.kinds = new HashMap<>(definitions.kindByName());
    for (var shared : List.of("APIResourceList", "Status")) {
      kinds.put(
          "io.k8s.apimachinery.pkg.apis.meta.v1." + shared, new GroupVersionKind("", "v1", shared));
    }
    this.dialect = dialect;
  }

  /** A reference to a definition, which is written too. */
  ObjectNode reference(String definition) {
    need(definition);
    return dialect.reference(definition);
  }

  /**
   * The name of a kind's definition.
   *
   * @throws IllegalStateException when it has none
   */
  String name(GroupVersionKind kind) {
    return custom
        .name(kind)
        .or(() -> definitions.kind(kind).map(Schema::name))
        .orElseThrow(() -> new IllegalStateException("no definition of " + kind));
  }

  /** Whether a kind is a custom resource. */
  boolean isCustom(GroupVersionKind kind) {
    return custom.has(kind);
  }

  /** A field that refers to a definition, in words of its own. */
  ObjectNode field(String description, String definition) {
    need(definition);
    var node = Json.object().put("description", description);
    dialect.refer(node, definition);
    return node;
  }

  /** A text field of whole objects, as the built-in kinds describe it. */
  ObjectNode text(String field) {
    var description = descriptions.of("io.k8s.api.core.v1.Pod", field);
    return Json.object().put("description", description).put("type", "string");
  }

  /** Everything referred to so far, by name. */
  void writeTo(ObjectNode schemas) {
    while (!waiting.isEmpty()) {
      var name = waiting.pop();
      written.put(
          name,
          custom
              .definition(name, this, dialect)
              .orElseGet(() -> definition(definitions.definition(name))));
    }
    written.forEach(schemas::set);
  }

  private void need(String definition) {
    if (written.putIfAbsent(definition, Json.object()) == null) {
      waiting.push(definition);
    }
  }

  private ObjectNode definition(Schema schema) {
    var node = Json.object();
    putText(node, descriptions.of(schema.name()));
    type(node, schema);
    if (!schema.required().isEmpty()) {
      var required = node.putArray("required");
      schema.required().stream().sorted().forEach(required::add);
    }
    if (!schema.properties().isEmpty()) {
      var properties = node.putObject("properties");
      schema
          .properties()
          .forEach((name, field) -> properties.set(name, field(schema.name(), name, field)));
    }
    merge(node, schema.merge());
    var kind = kinds.get(schema.name());
    if (kind != null) {
      node.putArray("x-kubernetes-group-version-kind").add(node(kind));
    }
    return node;
  }

  static ObjectNode node(GroupVersionKind kind) {
    return Json.object()
        .put("group", kind.group())
        .put("kind", kind.kind())
        .put("version", kind.version());
  }

  private ObjectNode field(String definition, String name, Schema field) {
    var node = Json.object();
    putText(node, description(definition, name, field));
    if (field.type() == Type.REFERENCE) {
      need(field.name());
      dialect.refer(node, field.name());
    } else {
      type(node, field);
    }
    if (field.defaultValue() != null) {
      node.set("default", field.defaultValue());
    }
    merge(node, field.merge());
    return node;
  }

  /** The models say nothing of a field that refers: then what it refers to says what it is. */
  private String description(String definition, String name, Schema field) {
    var own = descriptions.of(definition, name);
    return own.isEmpty() && field.type() == Type.REFERENCE ? descriptions.of(field.name()) : own;
  }

  /** An element of a list or map: only its type is said, and in v3 what an empty one is. */
  private ObjectNode element(Schema element) {
    var node = Json.object();
    if (element.type() != Type.REFERENCE) {
      type(node, element);
    } else if (dialect == Dialect.V2 || isScalar(element.name())) {
      return reference(element.name());
    } else {
      need(element.name());
      dialect.refer(node, element.name());
    }
    if (dialect == Dialect.V3) {
      switch (element.type()) {
        case REFERENCE -> node.putObject("default");
        case STRING -> {
          if (element.format().isEmpty()) {
            node.put("default", "");
          }
        }
        case INTEGER -> node.put("default", 0);
        case NUMBER, BOOLEAN, OBJECT, MAP, ARRAY, INT_OR_STRING, QUANTITY, ANY -> {}
      }
    }
    return node;
  }

  private boolean isScalar(String definition) {
    var schema = definitions.definition(definition);
    return schema.type() != Type.OBJECT;
  }

  private void type(ObjectNode node, Schema schema) {
    switch (schema.type()) {
      case STRING -> node.put("type", "string");
      case INTEGER -> node.put("type", "integer");
      case NUMBER -> node.put("type", "number");
      case BOOLEAN -> node.put("type", "boolean");
      case OBJECT -> node.put("type", "object");
      case ARRAY -> node.put("type", "array").set("items", element(schema.element()));
      case MAP -> node.put("type", "object").set("additionalProperties", element(schema.element()));
      case INT_OR_STRING -> eitherOf(node, "integer", "string");
      case QUANTITY -> eitherOf(node, "string", "number");
      case ANY -> {}
      case REFERENCE -> throw new IllegalStateException("a reference has no type");
    }
    if (!schema.format().isEmpty()) {
      node.put("format", schema.format());
    }
  }

  /** What v2 cannot say, it calls a string. */
  private void eitherOf(ObjectNode node, String one, String other) {
    if (dialect == Dialect.V2) {
      node.put("type", "string");
      return;
    }
    var types = node.putArray("oneOf");
    types.addObject().put("type", one);
    types.addObject().put("type", other);
  }

  private static void merge(ObjectNode node, Merge merge) {
    put(node, "x-kubernetes-list-type", merge.listType());
    if (!merge.listMapKeys().isEmpty()) {
      var keys = node.putArray("x-kubernetes-list-map-keys");
      merge.listMapKeys().forEach(keys::add);
    }
    put(node, "x-kubernetes-map-type", merge.mapType());
    put(node, "x-kubernetes-patch-merge-key", merge.patchKey());
    if (merge.isPatchMerged()) {
      node.put("x-kubernetes-patch-strategy", merge.retainKeys() ? "merge,retainKeys" : "merge");
    } else if (merge.isReplaced()) {
      node.put("x-kubernetes-patch-strategy", "replace");
    } else if (merge.retainKeys()) {
      node.put("x-kubernetes-patch-strategy", "retainKeys");
    }
  }

  private static void putText(ObjectNode node, String description) {
    put(node, "description", description);
  }

  private static void put(ObjectNode node, String field, String value) {
    if (!value.isEmpty()) {
      node.put(field, value);
    }
  }
}
