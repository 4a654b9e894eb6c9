package io.jkube.registry.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionKind;
import java.util.List;
import java.util.Optional;

/** Judges and changes objects by the definitions of their kinds. */
public final class SchemaEngine implements SchemaSource {
  private final Definitions definitions;

  public SchemaEngine(Definitions definitions) {
    this.definitions = definitions;
  }

  @Override
  public MergeRule mergeRule(GroupVersionKind kind, List<String> path) {
    var at = definitions.kind(kind).orElse(null);
    for (var name : path) {
      at = at == null ? null : field(at, name);
    }
    return at == null ? MergeRule.ATOMIC : rule(at.merge());
  }

  private Schema field(Schema holder, String name) {
    var inside = definitions.resolve(holder);
    while (inside.type() == Schema.Type.ARRAY) {
      inside = definitions.resolve(inside.element());
    }
    return inside.type() == Schema.Type.MAP ? inside.element() : inside.properties().get(name);
  }

  private static MergeRule rule(Schema.Merge merge) {
    if (!merge.isPatchMerged()) {
      return new MergeRule(MergeRule.ListKind.ATOMIC, "", merge.retainKeys(), merge.isReplaced());
    }
    return merge.patchKey().isEmpty()
        ? new MergeRule(MergeRule.ListKind.SET, "", merge.retainKeys())
        : new MergeRule(MergeRule.ListKind.MAP, merge.patchKey(), merge.retainKeys());
  }

  @Override
  public void settleNulls(GroupVersionKind kind, ObjectNode object) {
    definitions.kind(kind).ifPresent(schema -> new Nulls(definitions).settle(schema, object));
  }

  @Override
  public List<String> unknownFields(GroupVersionKind kind, ObjectNode object) {
    var unknown = new UnknownFields(definitions, false);
    definitions.kind(kind).ifPresent(schema -> unknown.visit(schema, object, ""));
    return unknown.found();
  }

  @Override
  public void prune(GroupVersionKind kind, ObjectNode object) {
    var unknown = new UnknownFields(definitions, true);
    definitions.kind(kind).ifPresent(schema -> unknown.visit(schema, object, ""));
  }

  @Override
  public Optional<String> typeMismatch(GroupVersionKind kind, ObjectNode object) {
    return definitions
        .kind(kind)
        .flatMap(schema -> new TypeCheck(definitions).mismatch(schema, object));
  }

  @Override
  public Optional<Schema> schema(GroupVersionKind kind) {
    return definitions.kind(kind);
  }

  @Override
  public Schema resolve(Schema schema) {
    return definitions.resolve(schema);
  }
}
