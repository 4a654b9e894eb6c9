package io.jkube.registry.crd;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.Conversion;
import io.jkube.registry.structural.CustomSchema;

/**
 * Between the versions of a custom resource whose objects read the same in all: only the apiVersion
 * differs. What comes out of the store is pruned and gets its defaults by the schema as it is now.
 */
record StoredVersion(String served, String stored, CustomSchema schema) implements Conversion {
  @Override
  public ObjectNode toStored(ObjectNode object) {
    return object.path("apiVersion").asText().equals(stored)
        ? object
        : object.deepCopy().put("apiVersion", stored);
  }

  @Override
  public ObjectNode toServed(ObjectNode object) {
    var copy = object.deepCopy().put("apiVersion", served);
    schema.prune(copy);
    schema.applyDefaults(copy);
    return copy.equals(object) ? object : copy;
  }
}
