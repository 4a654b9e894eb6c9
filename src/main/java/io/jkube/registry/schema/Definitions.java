package io.jkube.registry.schema;

import io.jkube.api.GroupVersionKind;
import java.util.Optional;

/** Where schemas come from. */
public interface Definitions {
  /** The schema of a kind, or empty when it has none. */
  Optional<Schema> kind(GroupVersionKind kind);

  /** The definition that a schema refers to, or the schema itself. */
  Schema resolve(Schema schema);
}
