package io.jkube.apiserver.mutation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionKind;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.registry.schema.SchemaSource;
import java.util.ArrayList;

/**
 * Holds a body against the schema of its kind: values of a wrong type are refused, unknown fields
 * are refused, warned of or dropped, as {@code fieldValidation} says.
 */
final class FieldValidation {
  private final SchemaSource schemas;

  FieldValidation(SchemaSource schemas) {
    this.schemas = schemas;
  }

  /** Checks the object and takes the unknown fields and the nulls out of it. */
  void check(ResourceCall call, ObjectNode object) {
    check(call, call.definition().kind(), object);
  }

  /**
   * {@link #check(ResourceCall, ObjectNode)} for a body of another kind than the object's, as some
   * subresources have it.
   */
  void check(ResourceCall call, GroupVersionKind kind, ObjectNode object) {
    schemas.settleNulls(kind, object);
    var mismatch = schemas.typeMismatch(kind, object);
    if (mismatch.isPresent()) {
      throw unfit(call, kind, mismatch.get());
    }
    var unknown = schemas.unknownFields(kind, object);
    var mode = call.request().parameter("fieldValidation");
    if (!mode.equals("Ignore")) {
      var complaints = new ArrayList<>(call.duplicates());
      for (var field : unknown) {
        complaints.add("unknown field \"" + field + "\"");
      }
      if (!mode.equals("Strict")) {
        complaints.removeAll(call.warnings()); // they are there when the write starts over
        call.warnings().addAll(complaints);
      } else if (!complaints.isEmpty()) {
        throw unfit(call, kind, "strict decoding error: " + String.join(", ", complaints));
      }
    }
    if (!unknown.isEmpty()) {
      schemas.prune(kind, object);
    }
  }

  /** Takes out of an object that a webhook changed what its kind does not have. */
  void prune(GroupVersionKind kind, ObjectNode object) {
    schemas.settleNulls(kind, object);
    schemas
        .typeMismatch(kind, object)
        .ifPresent(
            why -> {
              throw ApiException.internal(why);
            });
    schemas.prune(kind, object);
  }

  /** A body is unfit, or the patch that led to it. */
  private static ApiException unfit(ResourceCall call, GroupVersionKind kind, String why) {
    if (PatchRefusal.isDue(call.request())) {
      return PatchRefusal.of(call.request(), why);
    }
    return ApiException.badRequest(
        kind.kind()
            + " in version \""
            + kind.version()
            + "\" cannot be handled as a "
            + kind.kind()
            + ": "
            + why);
  }
}
