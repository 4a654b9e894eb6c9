package io.jkube.apiserver.mutation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.schema.SchemaSource;

/** Fills in what the client left out: first what the schema states, then what the kind knows. */
record Defaults(SchemaSource schemas) {
  void apply(ResourceDefinition definition, ObjectNode object) {
    schemas.applyDefaults(definition.kind(), object);
    definition.strategy().applyDefaults(object);
  }
}
