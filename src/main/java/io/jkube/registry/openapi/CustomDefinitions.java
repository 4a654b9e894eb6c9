package io.jkube.registry.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.Json;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.crd.CustomResources;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The definitions of custom resources, as their users wrote them. One document's. */
final class CustomDefinitions {
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
  private static final String EMBEDDED = "x-kubernetes-embedded-resource";
  private static final List<String> LOGIC = List.of("allOf", "anyOf", "oneOf", "not");

  private final Map<GroupVersionKind, String> names = new HashMap<>();
  private final Map<String, ResourceDefinition> byName = new HashMap<>();
  private final Map<String, ResourceDefinition> byListName = new HashMap<>();

  CustomDefinitions(Collection<ResourceDefinition> resources) {
    for (var resource : resources) {
      CustomResources.schema(resource)
          .ifPresent(schema -> add(resource, schema.mergeSchema().name()));
    }
  }

  private void add(ResourceDefinition resource, String name) {
    var kind = resource.kind();
    var listName = name.substring(0, name.lastIndexOf('.') + 1) + resource.listKind();
    names.put(kind, name);
    names.put(new GroupVersionKind(kind.group(), kind.version(), resource.listKind()), listName);
    byName.put(name, resource);
    byListName.put(listName, resource);
  }

  /** The name of a kind's definition, or of its list's. */
  Optional<String> name(GroupVersionKind kind) {
    return Optional.ofNullable(names.get(kind));
  }

  /** Whether a kind is a custom resource. */
  boolean has(GroupVersionKind kind) {
    return names.containsKey(kind);
  }

  /** The definition of this name, or empty when it is none of these. */
  Optional<ObjectNode> definition(String name, SchemaWriter writer, Dialect dialect) {
    if (byListName.containsKey(name)) {
      return Optional.of(list(byListName.get(name), writer, dialect));
    }
    return Optional.ofNullable(byName.get(name)).map(found -> object(found, writer, dialect));
  }

  private ObjectNode object(ResourceDefinition resource, SchemaWriter writer, Dialect dialect) {
    var schema = CustomResources.schema(resource).orElseThrow().structural().source().deepCopy();
    shape(schema, writer, dialect);
    wholeObject(schema, writer, dialect);
    kind(schema, resource.kind());
    return schema;
  }

  private ObjectNode list(ResourceDefinition resource, SchemaWriter writer, Dialect dialect) {
    var kind = resource.kind();
    var list = Json.object();
    list.put("description", resource.listKind() + " is a list of " + kind.kind());
    list.put("type", "object").putArray("required").add("items");
    wholeObject(list, writer, dialect);
    var properties = (ObjectNode) list.get("properties");
    properties
        .putObject("items")
        .put("description", "List of " + resource.resource().resource() + ".")
        .put("type", "array")
        .set("items", writer.reference(names.get(kind)));
    properties.set("metadata", writer.field("Standard list metadata.", META + "ListMeta"));
    kind(list, new GroupVersionKind(kind.group(), kind.version(), resource.listKind()));
    return list;
  }

  private static void kind(ObjectNode schema, GroupVersionKind kind) {
    schema.putArray("x-kubernetes-group-version-kind").add(SchemaWriter.node(kind));
  }

  /** What every whole object has, whatever its schema says of it. */
  private static void wholeObject(ObjectNode schema, SchemaWriter writer, Dialect dialect) {
    if (dialect == Dialect.V2 && !schema.has("properties") && isOpen(schema)) {
      return;
    }
    var properties = schema.withObjectProperty("properties");
    properties.set("apiVersion", writer.text("apiVersion"));
    properties.set("kind", writer.text("kind"));
    properties.set("metadata", writer.field("Standard object's metadata.", META + "ObjectMeta"));
  }

  private static boolean isOpen(JsonNode schema) {
    return schema.path("x-kubernetes-preserve-unknown-fields").asBoolean();
  }

  /** Embedded objects get what whole objects have; for v2 goes what it cannot say. */
  private static void shape(ObjectNode schema, SchemaWriter writer, Dialect dialect) {
    if (dialect == Dialect.V2) {
      simplify(schema);
    }
    for (var property : schema.path("properties").properties()) {
      shapeChild(property.getValue(), writer, dialect);
    }
    shapeChild(schema.path("items"), writer, dialect);
    shapeChild(schema.path("additionalProperties"), writer, dialect);
  }

  private static void shapeChild(JsonNode child, SchemaWriter writer, Dialect dialect) {
    if (child instanceof ObjectNode schema) {
      shape(schema, writer, dialect);
      if (schema.path(EMBEDDED).asBoolean()) {
        wholeObject(schema, writer, dialect);
      }
    }
  }

  /** As upstream does it for kubectl, which takes v2 at its word. */
  private static void simplify(ObjectNode schema) {
    schema.remove(LOGIC);
    if (schema.path("nullable").asBoolean()) {
      schema.remove(List.of("type", "nullable", "items", "properties", "additionalProperties"));
    }
    if (isOpen(schema)) {
      schema.remove(List.of("items", "properties", "required"));
    }
    schema.remove("x-kubernetes-validations");
  }

  /** The same definitions as texts, to tell a change by. */
  static void appendTo(StringBuilder text, ResourceDefinition resource) {
    CustomResources.schema(resource).ifPresent(schema -> text.append(schema.structural().source()));
  }
}
