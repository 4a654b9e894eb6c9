package io.jkube.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.ObjectKey;
import java.util.List;
import java.util.Optional;

/**
 * What else is stored: read by hooks whose answer depends on other objects (the service account of
 * a pod, the addresses services already hold). The server supplies it; what it returns is the
 * caller's own copy or must not be changed.
 */
public interface StoredObjects {
  /** Nothing is stored: for tests and for kinds that do not look. */
  StoredObjects NONE =
      new StoredObjects() {
        @Override
        public Optional<ObjectNode> get(GroupVersionResource resource, ObjectKey key) {
          return Optional.empty();
        }

        @Override
        public List<ObjectNode> list(GroupVersionResource resource) {
          return List.of();
        }
      };

  /** The latest committed state of one object, or empty, also where the resource is not served. */
  Optional<ObjectNode> get(GroupVersionResource resource, ObjectKey key);

  /** The latest committed objects of all namespaces; empty where the resource is not served. */
  List<ObjectNode> list(GroupVersionResource resource);
}
