package io.jkube.apiserver.fields;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.GroupVersionResource;
import io.jkube.registry.ResourceCatalog;
import io.jkube.registry.ResourceDefinition;
import java.util.Optional;

/**
 * Objects in the other versions in which their kind is served: what a manager manages is said in
 * the version at which it wrote.
 */
record Versions(ResourceCatalog catalog) {
  /** The kind as it is served there, if it is. */
  Optional<ResourceDefinition> sibling(ResourceDefinition definition, String apiVersion) {
    if (apiVersion.equals(definition.kind().apiVersion())) {
      return Optional.of(definition);
    }
    var at = GroupVersionKind.of(apiVersion, definition.kind().kind());
    return catalog.find(
        new GroupVersionResource(at.group(), at.version(), definition.resource().resource()));
  }

  /** An object of one version in the form of another. */
  static ObjectNode convert(ObjectNode object, ResourceDefinition from, ResourceDefinition to) {
    return from.kind().equals(to.kind())
        ? object
        : to.conversion().toServed(from.conversion().toStored(object));
  }
}
