package io.jkube.controller.endpoint;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.Json;
import io.jkube.controller.runtime.ControllerRef;
import java.util.List;

/**
 * What all slices of one service have in common.
 *
 * @param kind of the object the slices go with
 * @param object the Service, or the Endpoints that are mirrored
 * @param labels of each slice
 */
record SliceOwner(GroupVersionKind kind, ObjectNode object, ObjectNode labels) {
  /** A slice that is not stored yet; the server completes its name. */
  ObjectNode slice(String addressType, ArrayNode ports, List<ObjectNode> endpoints) {
    var slice = Json.object().put("apiVersion", "discovery.k8s.io/v1").put("kind", "EndpointSlice");
    var metadata = slice.putObject("metadata");
    metadata
        .put("generateName", object.at("/metadata/name").asText() + "-")
        .put("namespace", object.at("/metadata/namespace").asText());
    metadata.set("labels", labels);
    metadata.putArray("ownerReferences").add(ControllerRef.to(kind, object));
    slice.put("addressType", addressType);
    slice.putArray("endpoints").addAll(endpoints);
    slice.set("ports", ports);
    return slice;
  }

  boolean owns(ObjectNode slice) {
    return ControllerRef.uidOf(slice).equals(object.at("/metadata/uid").asText());
  }

  boolean hasItsLabels(ObjectNode slice) {
    return slice.at("/metadata/labels").equals(labels);
  }
}
