package io.jkube.controller.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.Json;
import java.util.Optional;

/** The one owner of an object that controls it: of its owner references, the one so marked. */
public final class ControllerRef {
  private ControllerRef() {}

  public static Optional<JsonNode> of(JsonNode object) {
    for (var owner : object.path("metadata").path("ownerReferences")) {
      if (owner.path("controller").asBoolean()) {
        return Optional.of(owner);
      }
    }
    return Optional.empty();
  }

  /** The uid of the controlling owner; empty where there is none. */
  public static String uidOf(JsonNode object) {
    return of(object).map(owner -> owner.path("uid").asText()).orElse("");
  }

  /** The reference with which {@code owner}, of that kind, controls another object. */
  public static ObjectNode to(GroupVersionKind kind, JsonNode owner) {
    var metadata = owner.path("metadata");
    return Json.object()
        .put("apiVersion", kind.apiVersion())
        .put("kind", kind.kind())
        .put("name", metadata.path("name").asText())
        .put("uid", metadata.path("uid").asText())
        .put("controller", true)
        .put("blockOwnerDeletion", true);
  }
}
