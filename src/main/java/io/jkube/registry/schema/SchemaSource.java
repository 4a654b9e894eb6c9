package io.jkube.registry.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionKind;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the fields of every kind. Thread-safe; pure functions of the kind and the tree.
 * A kind without a schema is taken as it comes: every method has that as its default.
 */
public interface SchemaSource {
  /** Knows no kind: everything is taken as it comes, every list is replaced whole. */
  SchemaSource NONE = new SchemaSource() {};

  /**
   * How a strategic merge patch treats the field at a path.
   *
   * @param path field names from the top, without list indices: {@code spec, containers, ports}
   */
  default MergeRule mergeRule(GroupVersionKind kind, List<String> path) {
    return MergeRule.ATOMIC;
  }

  /**
   * Reads null as Go's decoder does: as nothing where a field is declared, as the zero of its type
   * in lists and maps. Fields that stand in no type of the server keep theirs.
   */
  default void settleNulls(GroupVersionKind kind, ObjectNode object) {}

  /**
   * The fields that the kind does not have, as upstream's strict decoding names them: {@code
   * spec.foo}, {@code spec.containers[0].foo}.
   */
  default List<String> unknownFields(GroupVersionKind kind, ObjectNode object) {
    return List.of();
  }

  /** Removes the fields that the kind does not have. */
  default void prune(GroupVersionKind kind, ObjectNode object) {}

  /**
   * The first value of a type that its field cannot take, as upstream's decoder words it: {@code
   * json: cannot unmarshal string into Go struct field ...}; empty when all fit. Answered with
   * BadRequest.
   */
  default Optional<String> typeMismatch(GroupVersionKind kind, ObjectNode object) {
    return Optional.empty();
  }

  /**
   * Whether objects of the kind are read into types that stand in the server, as built-in kinds
   * are: then null says the same as nothing, and merge keys for strategic merges are known.
   */
  default boolean isTyped(GroupVersionKind kind) {
    return true;
  }

  /** Sets the defaults that the schema states. Idempotent. */
  default void applyDefaults(GroupVersionKind kind, ObjectNode object) {}

  /** The whole schema of the kind, for what needs list types and keys: server-side apply. */
  default Optional<Schema> schema(GroupVersionKind kind) {
    return Optional.empty();
  }

  /** The definition that a schema refers to, or the schema itself. */
  default Schema resolve(Schema schema) {
    return schema;
  }
}
