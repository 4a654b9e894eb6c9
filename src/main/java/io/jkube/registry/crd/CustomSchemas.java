package io.jkube.registry.crd;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.Json;
import io.jkube.registry.ResourceCatalog;
import io.jkube.registry.schema.Definitions;
import io.jkube.registry.schema.MergeRule;
import io.jkube.registry.schema.Schema;
import io.jkube.registry.schema.SchemaEngine;
import io.jkube.registry.schema.SchemaSource;
import io.jkube.registry.structural.CustomSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The schemas of the kinds built in, and of the custom resources that a catalog holds now. */
public final class CustomSchemas implements SchemaSource {
  private static final String OBJECT_META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

  private final SchemaSource builtIn;
  private final ResourceCatalog catalog;

  /** Knows of an object its metadata only. */
  private final SchemaEngine metadata;

  public CustomSchemas(SchemaSource builtIn, ResourceCatalog catalog) {
    this.builtIn = builtIn;
    this.catalog = catalog;
    this.metadata = new SchemaEngine(new MetadataOnly(builtIn));
  }

  /** Sees every kind as an object with metadata. */
  private record MetadataOnly(SchemaSource builtIn) implements Definitions {
    @Override
    public Optional<Schema> kind(GroupVersionKind kind) {
      var fields = Map.of("metadata", Schema.reference(OBJECT_META));
      return Optional.of(
          new Schema(
              Schema.Type.OBJECT,
              "",
              kind.version() + "." + kind.kind(),
              fields,
              Set.of(),
              null,
              Schema.Merge.NONE,
              null,
              true));
    }

    @Override
    public Schema resolve(Schema schema) {
      return builtIn.resolve(schema);
    }
  }

  private Optional<CustomSchema> custom(GroupVersionKind kind) {
    return catalog.find(kind).flatMap(CustomResources::schema);
  }

  private static ObjectNode metadataOf(ObjectNode object) {
    var part = Json.object();
    if (object.has("metadata")) {
      part.set("metadata", object.get("metadata"));
    }
    return part;
  }

  @Override
  public MergeRule mergeRule(GroupVersionKind kind, List<String> path) {
    return custom(kind).isPresent() ? MergeRule.ATOMIC : builtIn.mergeRule(kind, path);
  }

  @Override
  public void settleNulls(GroupVersionKind kind, ObjectNode object) {
    if (custom(kind).isPresent()) {
      metadata.settleNulls(kind, metadataOf(object));
    } else {
      builtIn.settleNulls(kind, object);
    }
  }

  @Override
  public List<String> unknownFields(GroupVersionKind kind, ObjectNode object) {
    var custom = custom(kind);
    if (custom.isEmpty()) {
      return builtIn.unknownFields(kind, object);
    }
    var unknown = new ArrayList<>(metadata.unknownFields(kind, metadataOf(object)));
    unknown.addAll(custom.get().unknownFields(object));
    custom
        .get()
        .embedded(object)
        .forEach(
            (path, whole) ->
                metadata
                    .unknownFields(kind, metadataOf(whole))
                    .forEach(field -> unknown.add(path + "." + field)));
    return unknown;
  }

  @Override
  public void prune(GroupVersionKind kind, ObjectNode object) {
    var custom = custom(kind);
    if (custom.isEmpty()) {
      builtIn.prune(kind, object);
      return;
    }
    metadata.prune(kind, metadataOf(object));
    custom.get().embedded(object).values().forEach(each -> metadata.prune(kind, metadataOf(each)));
    custom.get().prune(object);
  }

  @Override
  public Optional<String> typeMismatch(GroupVersionKind kind, ObjectNode object) {
    return custom(kind).isPresent()
        ? metadata.typeMismatch(kind, object)
        : builtIn.typeMismatch(kind, object);
  }

  @Override
  public boolean isTyped(GroupVersionKind kind) {
    return custom(kind).isEmpty() && builtIn.isTyped(kind);
  }

  @Override
  public void applyDefaults(GroupVersionKind kind, ObjectNode object) {
    custom(kind)
        .ifPresentOrElse(
            custom -> custom.applyDefaults(object), () -> builtIn.applyDefaults(kind, object));
  }

  @Override
  public Optional<Schema> schema(GroupVersionKind kind) {
    var custom = custom(kind);
    return custom.isPresent() ? custom.map(CustomSchema::mergeSchema) : builtIn.schema(kind);
  }

  @Override
  public Schema resolve(Schema schema) {
    return builtIn.resolve(schema);
  }
}
