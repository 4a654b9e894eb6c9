package io.jkube.apiserver.mutation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.ObjectKey;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.storage.StoredObject;
import io.jkube.registry.ResourceCatalog;
import io.jkube.registry.StoredObjects;
import java.util.List;
import java.util.Optional;

/** What the hooks of a kind may read of other kinds. */
public record OtherObjects(ObjectStore objects, ResourceCatalog catalog) implements StoredObjects {
  @Override
  public Optional<ObjectNode> get(GroupVersionResource resource, ObjectKey key) {
    return catalog
        .find(resource)
        .flatMap(served -> objects.get(resource, key))
        .map(StoredObject::tree);
  }

  @Override
  public List<ObjectNode> list(GroupVersionResource resource) {
    return catalog
        .find(resource)
        .map(served -> objects.all(served).stream().map(StoredObject::tree).toList())
        .orElse(List.of());
  }
}
