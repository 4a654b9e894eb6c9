package io.jkube.apiserver.subresource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.fields.WriteOptions;
import io.jkube.apiserver.handler.Verb;
import io.jkube.apiserver.mutation.Mutations;
import io.jkube.apiserver.mutation.Part;
import io.jkube.apiserver.negotiate.BodyReader;
import io.jkube.apiserver.negotiate.MediaType;
import io.jkube.apiserver.negotiate.Presenter;
import io.jkube.apiserver.patch.ApplyPatch;
import io.jkube.apiserver.patch.JsonPatch;
import io.jkube.apiserver.patch.MergePatch;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.Body;
import io.jkube.apiserver.request.Document;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.apiserver.request.TreeDocument;
import java.io.IOException;
import java.util.function.UnaryOperator;

/** PUT or PATCH of {@code scale}: sets how many replicas are wanted, and nothing else. */
public record SetScale(Mutations mutations, Presenter presenter) implements Verb {
  private static final String JSON_PATCH = "application/json-patch+json";
  private static final String MERGE_PATCH = "application/merge-patch+json";
  private static final String STRATEGIC = "application/strategic-merge-patch+json";

  @Override
  public Reply handle(ResourceCall call) {
    boolean patch = call.info().verb().equals("patch");
    boolean apply = patch && contentType(call).equals(ApplyPatch.CONTENT_TYPE);
    WriteOptions.check(call.request(), patch ? "PatchOptions" : "UpdateOptions", apply);
    var definition = call.definition();
    var updated =
        apply
            ? mutations.applyScale(call, new ScaleOf(definition), ApplyPatch.configuration(call))
            : update(call);
    var scale = new TreeDocument(ScaleView.of(definition, updated.tree()));
    return call.ok(presenter.object(call.as(ScaleView.TABLE), scale));
  }

  private static String contentType(ResourceCall call) {
    return MediaType.of(call.request().contentType()).name();
  }

  private Document update(ResourceCall call) {
    var change = call.info().verb().equals("patch") ? patch(call) : replacement(call);
    var definition = call.definition();
    return mutations.update(
        call,
        Part.MAIN,
        current ->
            ScaleView.applied(
                definition, current, change.apply(ScaleView.of(definition, current))));
  }

  private static UnaryOperator<ObjectNode> replacement(ResourceCall call) {
    var sent = BodyReader.object(call);
    var name = sent.at("/metadata/name").asText();
    if (!name.isEmpty() && !name.equals(call.info().name())) {
      throw ApiException.badRequest(
          "the name of the object ("
              + name
              + ") does not match the name on the URL ("
              + call.info().name()
              + ")");
    }
    return current -> sent;
  }

  /** A Scale has no lists, so a strategic merge is a plain one. */
  private static UnaryOperator<ObjectNode> patch(ResourceCall call) {
    var type = contentType(call);
    var patch = tree(call.request());
    return switch (type) {
      case MERGE_PATCH, STRATEGIC ->
          current -> patched(current, MergePatch.apply(current, object(patch)));
      case JSON_PATCH -> current -> patched(current, JsonPatch.apply(current, patch));
      case String other ->
          throw new ApiException(
              StatusReason.UNSUPPORTED_MEDIA_TYPE,
              "the body of the request was in an unknown format - accepted media types include: "
                  + String.join(", ", JSON_PATCH, MERGE_PATCH, STRATEGIC, ApplyPatch.CONTENT_TYPE));
    };
  }

  private static JsonNode tree(ApiRequest request) {
    try {
      return switch (request.body()) {
        case Body.Tree given -> given.tree();
        case Body.None none -> throw ApiException.badRequest("a patch needs a body");
        case Body.Encoded encoded -> Json.MAPPER.readTree(encoded.bytes());
      };
    } catch (IOException malformed) {
      throw ApiException.badRequest("error decoding patch: " + malformed.getMessage());
    }
  }

  private static ObjectNode object(JsonNode node) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw ApiException.badRequest("error decoding patch: an object is needed");
  }

  /** A revision that the patch did not name is no condition. */
  private static ObjectNode patched(ObjectNode current, JsonNode result) {
    var next = object(result);
    if (next.get("metadata") instanceof ObjectNode metadata
        && metadata.path("resourceVersion").equals(current.at("/metadata/resourceVersion"))) {
      metadata.remove("resourceVersion");
    }
    return next;
  }
}
