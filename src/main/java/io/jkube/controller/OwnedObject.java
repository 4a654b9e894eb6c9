package io.jkube.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import java.util.ArrayList;
import java.util.List;

/** What garbage collection has to know of an object. */
record OwnedObject(
    GroupVersionResource resource,
    ObjectKey key,
    String uid,
    String version,
    boolean deleting,
    List<String> finalizers,
    List<Owner> owners) {
  static final String ORPHAN = "orphan";
  static final String FOREGROUND = "foregroundDeletion";

  OwnedObject {
    finalizers = List.copyOf(finalizers);
    owners = List.copyOf(owners);
  }

  /**
   * @param blocks whether the owner's foreground deletion waits for the object
   */
  record Owner(GroupVersionKind kind, String name, String uid, boolean blocks) {}

  static OwnedObject of(GroupVersionResource resource, ObjectNode object) {
    var metadata = object.path("metadata");
    var finalizers = new ArrayList<String>();
    metadata.path("finalizers").forEach(finalizer -> finalizers.add(finalizer.asText()));
    var owners = new ArrayList<Owner>();
    for (var owner : metadata.path("ownerReferences")) {
      owners.add(
          new Owner(
              GroupVersionKind.of(owner.path("apiVersion").asText(), owner.path("kind").asText()),
              owner.path("name").asText(),
              owner.path("uid").asText(),
              owner.path("blockOwnerDeletion").asBoolean()));
    }
    return new OwnedObject(
        resource,
        Json.key(object),
        metadata.path("uid").asText(),
        metadata.path("resourceVersion").asText(),
        metadata.hasNonNull("deletionTimestamp"),
        finalizers,
        owners);
  }

  List<String> ownerUids() {
    return owners.stream().map(Owner::uid).toList();
  }

  /**
   * Whether an owner of that namespace (empty: of none) counts for this object: owners live beside
   * it, or in no namespace.
   */
  boolean mayBeOwnedFrom(String namespace) {
    return namespace.isEmpty() || namespace.equals(key.namespace());
  }

  boolean isOrphaning() {
    return deleting && finalizers.contains(ORPHAN);
  }

  boolean waitsForDependents() {
    return deleting && finalizers.contains(FOREGROUND);
  }

  boolean blocks(String ownerUid) {
    return owners.stream().anyMatch(owner -> owner.uid().equals(ownerUid) && owner.blocks());
  }
}
