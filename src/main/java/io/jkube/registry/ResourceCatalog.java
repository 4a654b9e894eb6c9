package io.jkube.registry;

import io.jkube.api.GroupVersionResource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The kinds a server serves, in the order of discovery. Immutable; custom resources make a new
 * catalog.
 */
public final class ResourceCatalog {
  private final Map<GroupVersionResource, ResourceDefinition> byResource;

  public ResourceCatalog(List<ResourceDefinition> definitions) {
    var map = new LinkedHashMap<GroupVersionResource, ResourceDefinition>();
    for (var definition : definitions) {
      if (map.put(definition.resource(), definition) != null) {
        throw new IllegalArgumentException("listed twice: " + definition.resource());
      }
    }
    byResource = Map.copyOf(map);
    this.ordered = List.copyOf(definitions);
  }

  private final List<ResourceDefinition> ordered;

  public Optional<ResourceDefinition> find(GroupVersionResource resource) {
    return Optional.ofNullable(byResource.get(resource));
  }

  public Collection<ResourceDefinition> all() {
    return ordered;
  }
}
