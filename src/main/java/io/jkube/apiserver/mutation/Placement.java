package io.jkube.apiserver.mutation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.apiserver.request.ResourceCall;

/** Brings an object's own word on its kind, namespace and name together with the request's. */
final class Placement {
  private Placement() {}

  /**
   * Fills in what the body leaves to the request.
   *
   * @throws ApiException BadRequest where they contradict each other
   */
  static void settle(ResourceCall call, ObjectNode object) {
    settleKind(call, object);
    var metadata = metadata(object);
    settleNamespace(call, metadata);
    var name = metadata.path("name").asText();
    var asked = call.info().name();
    if (asked.isEmpty()) {
      return;
    }
    if (name.isEmpty()) {
      throw ApiException.badRequest(
          "name must be provided: the name of the object (" + asked + " based on URL) was empty");
    }
    if (!name.equals(asked)) {
      throw ApiException.badRequest(
          "the name of the object ("
              + name
              + ") does not match the name on the URL ("
              + asked
              + ")");
    }
  }

  /** The object's metadata, made when there is none. */
  static ObjectNode metadata(ObjectNode object) {
    var metadata = object.get("metadata");
    if (metadata == null || metadata.isNull()) {
      return object.putObject("metadata");
    }
    if (metadata instanceof ObjectNode there) {
      return there;
    }
    throw ApiException.badRequest("metadata is not an object");
  }

  private static void settleKind(ResourceCall call, ObjectNode object) {
    var expected = call.definition().kind();
    var apiVersion = object.path("apiVersion").asText();
    var kind = object.path("kind").asText();
    if (!apiVersion.isEmpty() && !apiVersion.equals(expected.apiVersion())) {
      throw ApiException.badRequest(
          "the API version in the data ("
              + apiVersion
              + ") does not match the expected API version ("
              + expected.apiVersion()
              + ")");
    }
    if (!kind.isEmpty() && !kind.equals(expected.kind())) {
      throw ApiException.badRequest(
          "the kind in the data ("
              + kind
              + ") does not match the expected kind ("
              + expected.kind()
              + ")");
    }
    object.put("apiVersion", expected.apiVersion()).put("kind", expected.kind());
  }

  private static void settleNamespace(ResourceCall call, ObjectNode metadata) {
    if (!call.definition().namespaced()) {
      if (!metadata.path("namespace").asText().isEmpty()) {
        throw ApiException.badRequest(
            "namespace may not be set on objects of a cluster-scoped resource");
      }
      metadata.remove("namespace");
      return;
    }
    var own = metadata.path("namespace").asText();
    if (!own.isEmpty() && !own.equals(call.namespace())) {
      throw ApiException.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
    metadata.put("namespace", call.namespace());
  }
}
