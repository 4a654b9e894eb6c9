package io.jkube.apiserver.negotiate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;

/** {@code PartialObjectMetadata}: an object without anything but its metadata. */
final class PartialMetadata {
  private PartialMetadata() {}

  static ObjectNode of(ObjectNode object, String version) {
    var partial =
        Json.object()
            .put("kind", "PartialObjectMetadata")
            .put("apiVersion", "meta.k8s.io/" + version);
    partial.set("metadata", object.get("metadata"));
    return partial;
  }
}
