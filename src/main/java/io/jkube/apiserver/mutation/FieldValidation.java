package io.jkube.apiserver.mutation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.apiserver.request.ResourceCall;
import io.jkube.registry.schema.SchemaSource;

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
    Nulls.remove(object);
    var kind = call.definition().kind();
    var mismatch = schemas.typeMismatch(kind, object);
    if (mismatch.isPresent()) {
      throw unfit(call, mismatch.get());
    }
    var mode = call.request().parameter("fieldValidation");
    switch (mode) {
      case "Strict" -> refuseUnknown(call, object);
      case "", "Warn" ->
          schemas
              .unknownFields(kind, object)
              .forEach(field -> call.warnings().add("unknown field \"" + field + "\""));
      case "Ignore" -> {}
      default ->
          throw ApiException.badRequest(
              "fieldValidation: Unsupported value: \""
                  + mode
                  + "\": supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"");
    }
    schemas.prune(kind, object);
  }

  private void refuseUnknown(ResourceCall call, ObjectNode object) {
    var unknown = schemas.unknownFields(call.definition().kind(), object);
    if (!unknown.isEmpty()) {
      var texts = unknown.stream().map(field -> "unknown field \"" + field + "\"").toList();
      throw unfit(call, "strict decoding error: " + String.join(", ", texts));
    }
  }

  private static ApiException unfit(ResourceCall call, String why) {
    var kind = call.definition().kind();
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
