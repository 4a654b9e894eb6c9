package io.jkube.registry.structural;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A structural schema: every field has one place where it is specified.
 *
 * @param type {@code object}, {@code array}, {@code string}, ...; empty where anything goes
 * @param nullable whether null is a value
 * @param defaultValue what an absent field gets, or null
 * @param items the schema of an array's elements, or null
 * @param additional the schema of fields that are not listed, or null
 * @param takesAny whether fields that are not listed stay, whatever they are
 * @param embedded whether it is a whole object with apiVersion, kind and metadata
 * @param source the schema as it was written, for what only values are held against
 */
public record Structural(
    String type,
    boolean nullable,
    JsonNode defaultValue,
    Map<String, Structural> properties,
    Structural items,
    Structural additional,
    boolean takesAny,
    boolean embedded,
    boolean intOrString,
    ObjectNode source) {
  /** Takes every object as it comes. */
  public static final Structural ANYTHING =
      read(
          io.jkube.api.Json.object()
              .put("type", "object")
              .put("x-kubernetes-preserve-unknown-fields", true));

  public Structural {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(source, "source");
  }

  /** Reads {@code openAPIV3Schema}; what does not belong into one is not looked at. */
  public static Structural read(ObjectNode schema) {
    var properties = new LinkedHashMap<String, Structural>();
    for (var property : schema.path("properties").properties()) {
      if (property.getValue() instanceof ObjectNode each) {
        properties.put(property.getKey(), read(each));
      }
    }
    var more = schema.path("additionalProperties");
    return new Structural(
        Tree.text(schema, "/type"),
        schema.path("nullable").asBoolean(),
        schema.get("default"),
        properties,
        schema.get("items") instanceof ObjectNode each ? read(each) : null,
        more instanceof ObjectNode each ? read(each) : null,
        more.asBoolean() || schema.path("x-kubernetes-preserve-unknown-fields").asBoolean(),
        schema.path("x-kubernetes-embedded-resource").asBoolean(),
        schema.path("x-kubernetes-int-or-string").asBoolean(),
        schema);
  }

  /** The schema of a field, listed or not; null where nothing is known of it. */
  public Structural field(String name) {
    var listed = properties.get(name);
    return listed != null ? listed : additional;
  }

  /** Fields that every whole object has; their schemas are not those of the definition. */
  static final List<String> OBJECT_FIELDS = List.of("apiVersion", "kind", "metadata");
}
