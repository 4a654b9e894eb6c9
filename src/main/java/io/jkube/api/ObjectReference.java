package io.jkube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/**
 * Which object something (an event) is about; empty strings say nothing.
 *
 * @param fieldPath a part of the object, such as {@code spec.containers{web}}
 */
public record ObjectReference(
    String apiVersion,
    String kind,
    String namespace,
    String name,
    String uid,
    String resourceVersion,
    String fieldPath) {
  public ObjectReference {
    Objects.requireNonNull(apiVersion, "apiVersion");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(namespace, "namespace");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(uid, "uid");
    Objects.requireNonNull(resourceVersion, "resourceVersion");
    Objects.requireNonNull(fieldPath, "fieldPath");
  }

  /** Reads an object's own apiVersion, kind and metadata. */
  public static ObjectReference to(JsonNode object) {
    return to(object.path("apiVersion").asText(), object.path("kind").asText(), object);
  }

  /** As {@link #to(JsonNode)} for items of a list, which may lack apiVersion and kind. */
  public static ObjectReference to(String apiVersion, String kind, JsonNode object) {
    var metadata = object.path("metadata");
    return new ObjectReference(
        apiVersion,
        kind,
        metadata.path("namespace").asText(),
        metadata.path("name").asText(),
        metadata.path("uid").asText(),
        metadata.path("resourceVersion").asText(),
        "");
  }

  public ObjectReference at(String path) {
    return new ObjectReference(apiVersion, kind, namespace, name, uid, resourceVersion, path);
  }

  /** As {@code involvedObject} of an Event holds it: empty fields left out. */
  public ObjectNode tree() {
    var tree = Json.object();
    put(tree, "kind", kind);
    put(tree, "namespace", namespace);
    put(tree, "name", name);
    put(tree, "uid", uid);
    put(tree, "apiVersion", apiVersion);
    put(tree, "resourceVersion", resourceVersion);
    put(tree, "fieldPath", fieldPath);
    return tree;
  }

  private static void put(ObjectNode tree, String field, String value) {
    if (!value.isEmpty()) {
      tree.put(field, value);
    }
  }
}
