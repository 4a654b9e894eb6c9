package io.jkube.apiserver.mutation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionKind;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.registry.schema.SchemaSource;
import java.util.List;

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
    Nulls.remove(object);
    var mismatch = schemas.typeMismatch(kind, object);
    if (mismatch.isPresent()) {
      throw unfit(kind, mismatch.get());
    }
    var unknown = schemas.unknownFields(kind, object);
    var mode = call.request().parameter("fieldValidation");
    switch (mode) {
      case "Strict" -> refuse(kind, unknown);
      case "", "Warn" ->
          unknown.forEach(field -> call.warnings().add("unknown field \"" + field + "\""));
      case "Ignore" -> {}
      default ->
          throw ApiException.badRequest(
              "fieldValidation: Unsupported value: \""
                  + mode
                  + "\": supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"");
    }
    if (!unknown.isEmpty()) {
      schemas.prune(kind, object);
    }
  }

  private static void refuse(GroupVersionKind kind, List<String> unknown) {
    if (!unknown.isEmpty()) {
      var texts = unknown.stream().map(field -> "unknown field \"" + field + "\"").toList();
      throw unfit(kind, "strict decoding error: " + String.join(", ", texts));
    }
  }

  private static ApiException unfit(GroupVersionKind kind, String why) {
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
