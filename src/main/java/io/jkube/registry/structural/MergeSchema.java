package io.jkube.registry.structural;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.registry.Tree;
import io.jkube.registry.schema.Schema;
import io.jkube.registry.schema.Schema.Merge;
import io.jkube.registry.schema.Schema.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A structural schema as server-side apply reads it: types, list types, map types and keys. */
final class MergeSchema {
  private static final String OBJECT_META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

  private MergeSchema() {}

  /**
   * @param name of the definition: {@code com.example.v1.Widget}
   */
  static Schema of(Structural schema, String name) {
    return object(schema, name, true);
  }

  private static Schema of(Structural schema) {
    var type = schema.type();
    if (schema.intOrString()) {
      return Schema.plain(Type.INT_OR_STRING, "", "", null);
    }
    return switch (type) {
      case "object" ->
          schema.additional() == null ? object(schema, "", schema.embedded()) : map(schema);
      case "array" -> list(schema);
      case "string" -> scalar(Type.STRING, schema);
      case "integer" -> scalar(Type.INTEGER, schema);
      case "number" -> scalar(Type.NUMBER, schema);
      case "boolean" -> scalar(Type.BOOLEAN, schema);
      default ->
          schema.properties().isEmpty()
              ? Schema.plain(Type.ANY, "", "", null)
              : object(schema, "", schema.embedded());
    };
  }

  private static Schema object(Structural schema, String name, boolean whole) {
    var fields = new LinkedHashMap<String, Schema>();
    if (whole) {
      var text = Schema.plain(Type.STRING, "", "", null);
      fields.putAll(
          Map.of("apiVersion", text, "kind", text, "metadata", Schema.reference(OBJECT_META)));
    }
    schema
        .properties()
        .forEach(
            (field, each) -> {
              if (!whole || !Structural.OBJECT_FIELDS.contains(field)) {
                fields.put(field, of(each));
              }
            });
    return new Schema(
        Type.OBJECT, "", name, fields, Set.of(), null, mapMerge(schema), null, schema.takesAny());
  }

  private static Schema map(Structural schema) {
    return new Schema(
        Type.MAP,
        "",
        "",
        Map.of(),
        Set.of(),
        of(schema.additional()),
        mapMerge(schema),
        null,
        schema.takesAny());
  }

  private static Merge mapMerge(Structural schema) {
    var type = Tree.text(schema.source(), "/x-kubernetes-map-type");
    return new Merge("", List.of(), type, false, "", false, false);
  }

  private static Schema list(Structural schema) {
    var type = Tree.text(schema.source(), "/x-kubernetes-list-type");
    var keys = Tree.texts(schema.source(), "/x-kubernetes-list-map-keys");
    var items = schema.items() == null ? Schema.plain(Type.ANY, "", "", null) : of(schema.items());
    return new Schema(
        Type.ARRAY,
        "",
        "",
        Map.of(),
        Set.of(),
        items,
        new Merge(type.isEmpty() ? "atomic" : type, keys, "", false, "", false, false),
        null,
        false);
  }

  /** A default counts only where it tells elements of a list apart. */
  private static Schema scalar(Type type, Structural schema) {
    JsonNode value = schema.defaultValue();
    return new Schema(type, "", "", Map.of(), Set.of(), null, Merge.NONE, value, false);
  }
}
