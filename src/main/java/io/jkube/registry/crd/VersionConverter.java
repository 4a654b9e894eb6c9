package io.jkube.registry.crd;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Brings objects of a custom resource from the version they say into another. Thread-safe. */
@FunctionalInterface
public interface VersionConverter {
  /** All versions read the same. */
  VersionConverter SAME = (object, apiVersion) -> object.deepCopy().put("apiVersion", apiVersion);

  /**
   * @param object not to be changed; of another version than the wanted
   * @return a tree of the caller's own
   * @throws io.jkube.api.ApiException InternalError when it cannot be done
   */
  ObjectNode convert(ObjectNode object, String apiVersion);
}
