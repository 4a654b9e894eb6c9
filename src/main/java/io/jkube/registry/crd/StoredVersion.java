package io.jkube.registry.crd;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.Conversion;
import io.jkube.registry.structural.CustomSchema;

/**
 * Between a version of a custom resource and the one that is stored now; what is in the store may
 * be of an older one. What comes out of it is pruned and gets its defaults by the schema as it is
 * now.
 */
record StoredVersion(String served, String stored, CustomSchema schema, VersionConverter converter)
    implements Conversion {
  @Override
  public ObjectNode toStored(ObjectNode object) {
    return isOf(object, stored) ? object : converter.convert(object, stored);
  }

  @Override
  public ObjectNode toServed(ObjectNode object) {
    var copy = isOf(object, served) ? object.deepCopy() : converter.convert(object, served);
    schema.prune(copy);
    schema.applyDefaults(copy);
    return copy.equals(object) ? object : copy;
  }

  private static boolean isOf(ObjectNode object, String apiVersion) {
    return object.path("apiVersion").asText().equals(apiVersion);
  }
}
