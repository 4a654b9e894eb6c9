package io.jkube.registry;

import io.jkube.api.GroupVersionKind;
import io.jkube.api.GroupVersionResource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The kinds a server serves, in the order of discovery: those built in, then custom resources,
 * which come and go. Thread-safe: whoever asks sees one state or the next.
 */
public final class ResourceCatalog {
  private final List<ResourceDefinition> builtIn;
  private volatile Served served;
  private volatile Runnable afterChange = () -> {};

  /** One state. */
  private record Served(
      Map<GroupVersionResource, ResourceDefinition> byResource,
      Map<GroupVersionKind, ResourceDefinition> byKind,
      List<ResourceDefinition> ordered) {
    static Served of(List<ResourceDefinition> definitions) {
      var byResource = new LinkedHashMap<GroupVersionResource, ResourceDefinition>();
      var byKind = new LinkedHashMap<GroupVersionKind, ResourceDefinition>();
      for (var definition : definitions) {
        if (byResource.put(definition.resource(), definition) != null) {
          throw new IllegalArgumentException("listed twice: " + definition.resource());
        }
        byKind.putIfAbsent(definition.kind(), definition);
      }
      return new Served(Map.copyOf(byResource), Map.copyOf(byKind), List.copyOf(definitions));
    }
  }

  public ResourceCatalog(List<ResourceDefinition> builtIn) {
    this.builtIn = List.copyOf(builtIn);
    this.served = Served.of(builtIn);
  }

  /**
   * Serves these custom resources, and no others, beside what is built in; what is built in under
   * the same name stays.
   */
  public void serveCustom(List<ResourceDefinition> custom) {
    var all = new ArrayList<>(builtIn);
    for (var definition : custom) {
      boolean taken =
          builtIn.stream()
              .anyMatch(
                  own ->
                      own.resource().equals(definition.resource())
                          || own.kind().equals(definition.kind()));
      if (!taken) {
        all.add(definition);
      }
    }
    served = Served.of(all);
    afterChange.run();
  }

  /**
   * Whom to tell, on the thread of the change, that other custom resources are served; one only.
   */
  public void onChange(Runnable told) {
    afterChange = told;
  }

  public Optional<ResourceDefinition> find(GroupVersionResource resource) {
    return Optional.ofNullable(served.byResource().get(resource));
  }

  public Optional<ResourceDefinition> find(GroupVersionKind kind) {
    return Optional.ofNullable(served.byKind().get(kind));
  }

  /** All, in order. The same list until something changes. */
  public List<ResourceDefinition> all() {
    return served.ordered();
  }

  /** Those that never change. */
  public List<ResourceDefinition> builtIn() {
    return builtIn;
  }
}
