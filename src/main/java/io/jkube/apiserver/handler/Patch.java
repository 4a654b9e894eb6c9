package io.jkube.apiserver.handler;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.fields.WriteOptions;
import io.jkube.apiserver.mutation.Mutations;
import io.jkube.apiserver.mutation.Part;
import io.jkube.apiserver.negotiate.JsonBody;
import io.jkube.apiserver.negotiate.MediaType;
import io.jkube.apiserver.negotiate.Presenter;
import io.jkube.apiserver.patch.ApplyPatch;
import io.jkube.apiserver.patch.JsonPatch;
import io.jkube.apiserver.patch.MergePatch;
import io.jkube.apiserver.patch.StrategicMerge;
import io.jkube.apiserver.request.Body;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.registry.schema.SchemaSource;

/**
 * PATCH of an object, or of a part of it. Applies to the newest state, again and again where others
 * write at the same time, unless the patch itself names a revision.
 */
public record Patch(Mutations mutations, Presenter presenter, SchemaSource schemas, Part part)
    implements Verb {
  private static final String JSON_PATCH = "application/json-patch+json";
  private static final String MERGE_PATCH = "application/merge-patch+json";
  private static final String STRATEGIC = "application/strategic-merge-patch+json";
  private static final String APPLY = ApplyPatch.CONTENT_TYPE;

  @Override
  public Reply handle(ResourceCall call) {
    var type = MediaType.of(call.request().contentType()).name();
    boolean typed = schemas.isTyped(call.definition().kind());
    boolean known =
        type.equals(JSON_PATCH) || type.equals(MERGE_PATCH) || typed && type.equals(STRATEGIC);
    if (!known && !type.equals(APPLY)) {
      throw unsupported(typed);
    }
    WriteOptions.check(call.request(), "PatchOptions", type.equals(APPLY));
    if (type.equals(APPLY)) {
      return apply(call);
    }
    var patch = body(call);
    var updated =
        mutations.update(
            call, part, current -> next(type, call.definition().kind(), current, patch));
    return call.ok(presenter.object(call, updated));
  }

  private Reply apply(ResourceCall call) {
    var applied = mutations.apply(call, part, ApplyPatch.configuration(call));
    var document = presenter.object(call, applied.object());
    return applied.created() ? call.created(document) : call.ok(document);
  }

  private ObjectNode next(String type, GroupVersionKind kind, ObjectNode current, JsonNode patch) {
    JsonNode patched =
        switch (type) {
          case JSON_PATCH -> JsonPatch.apply(current, patch);
          case MERGE_PATCH -> MergePatch.apply(current, asObject(patch));
          case STRATEGIC -> new StrategicMerge(schemas, kind).apply(current, asObject(patch));
          default -> throw unsupported(true);
        };
    var next = asObject(patched);
    forgetUnlessPatched(current, next);
    return next;
  }

  /** A revision that the patch did not name is no condition. */
  private static void forgetUnlessPatched(ObjectNode current, ObjectNode next) {
    if (next.get("metadata") instanceof ObjectNode metadata
        && metadata.path("resourceVersion").equals(current.at("/metadata/resourceVersion"))) {
      metadata.remove("resourceVersion");
    }
  }

  private static JsonNode body(ResourceCall call) {
    return switch (call.request().body()) {
      case Body.Tree tree -> tree.tree();
      case Body.None none -> throw ApiException.badRequest("a patch needs a body");
      case Body.Encoded encoded -> parse(encoded.bytes(), call);
    };
  }

  private static JsonNode parse(byte[] bytes, ResourceCall call) {
    try {
      var parsed = JsonBody.parse(bytes);
      call.duplicates().addAll(parsed.duplicates());
      return parsed.tree();
    } catch (JsonProcessingException malformed) {
      throw ApiException.badRequest("error decoding patch: " + Json.problem(malformed));
    }
  }

  private static ObjectNode asObject(JsonNode node) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw ApiException.badRequest("error decoding patch: an object is needed");
  }

  private static ApiException unsupported(boolean typed) {
    var types =
        typed
            ? java.util.List.of(JSON_PATCH, MERGE_PATCH, STRATEGIC, APPLY)
            : java.util.List.of(JSON_PATCH, MERGE_PATCH, APPLY);
    return new ApiException(
        StatusReason.UNSUPPORTED_MEDIA_TYPE,
        "the body of the request was in an unknown format - accepted media types include: "
            + String.join(", ", types));
  }
}
