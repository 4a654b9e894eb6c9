package io.jkube.apiserver.admission.match;

import io.jkube.api.GroupVersionResource;
import io.jkube.apiserver.storage.StorageKeys;
import io.jkube.registry.ResourceCatalog;
import io.jkube.registry.ResourceDefinition;
import java.util.List;
import java.util.function.Supplier;

/** The other groups and versions in which the same objects are served. */
public record Equivalents(Supplier<ResourceCatalog> catalog) {
  public List<ResourceDefinition> of(GroupVersionResource resource) {
    var place = StorageKeys.prefix(resource);
    return catalog.get().all().stream()
        .filter(other -> !other.resource().equals(resource))
        .filter(other -> StorageKeys.prefix(other.resource()).equals(place))
        .toList();
  }
}
