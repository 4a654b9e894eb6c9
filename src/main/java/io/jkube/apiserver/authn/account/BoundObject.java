package io.jkube.apiserver.authn.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.Timestamps;
import io.jkube.registry.StoredObjects;
import java.time.Duration;
import java.time.Instant;

/** An object that a token dies with: the name of its claim, and where the object is found. */
enum BoundObject {
  POD("Pod", "pod", Resources.PODS, true),
  SECRET("Secret", "secret", Resources.SECRETS, true),
  NODE("Node", "node", Resources.NODES, false);

  /** For so long after its deletion an object that is still there counts as there: upstream's. */
  static final Duration LEEWAY = Duration.ofSeconds(60);

  private final String kind;
  private final String claim;
  private final GroupVersionResource resource;
  private final boolean namespaced;

  BoundObject(String kind, String claim, GroupVersionResource resource, boolean namespaced) {
    this.kind = kind;
    this.claim = claim;
    this.resource = resource;
    this.namespaced = namespaced;
  }

  String kind() {
    return kind;
  }

  String claim() {
    return claim;
  }

  GroupVersionResource resource() {
    return resource;
  }

  ObjectKey key(String namespace, String name) {
    return namespaced ? new ObjectKey(namespace, name) : ObjectKey.cluster(name);
  }

  /** Whether what the claim refers to is there, the same one, and not past its deletion. */
  boolean lives(JsonNode reference, String namespace, StoredObjects objects, Instant now) {
    return objects
        .get(resource, key(namespace, reference.path("name").asText()))
        .filter(found -> isSame(found, reference.path("uid").asText()) && !isPast(found, now))
        .isPresent();
  }

  static boolean isSame(ObjectNode object, String uid) {
    return object.at("/metadata/uid").asText().equals(uid);
  }

  static boolean isPast(ObjectNode object, Instant now) {
    var deleted = object.at("/metadata/deletionTimestamp").asText();
    return !deleted.isEmpty() && Timestamps.parse(deleted).isBefore(now.minus(LEEWAY));
  }
}
