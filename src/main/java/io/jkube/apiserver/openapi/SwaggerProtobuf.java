package io.jkube.apiserver.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.Json;
import io.jkube.apiserver.negotiate.protobuf.WireWriter;
import java.nio.charset.StandardCharsets;

/**
 * The OpenAPI v2 document in protobuf, the only form that kubectl before 1.28 reads: the messages
 * of gnostic's {@code openapi.v2.Document}, as far as the document uses them.
 */
final class SwaggerProtobuf {
  /** What names and values of a map are written as. */
  private static final int NAME = 1;

  private static final int VALUE = 2;

  private final WireWriter out = new WireWriter();

  private SwaggerProtobuf() {}

  static byte[] of(byte[] document) {
    var writer = new SwaggerProtobuf();
    writer.document(Json.parse(document));
    return writer.out.toByteArray();
  }

  private void document(JsonNode document) {
    text(1, document.get("swagger"));
    out.message(
        2,
        () -> {
          text(1, document.at("/info/title"));
          text(2, document.at("/info/version"));
        });
    out.message(8, () -> named(2, document.path("paths"), this::pathItem));
    out.message(9, () -> named(1, document.path("definitions"), this::schema));
    out.message(13, () -> named(1, document.path("securityDefinitions"), this::apiKey));
  }

  private void apiKey(JsonNode definition) {
    out.message(
        2,
        () -> {
          text(1, definition.get("type"));
          text(2, definition.get("name"));
          text(3, definition.get("in"));
          text(4, definition.get("description"));
        });
  }

  private void pathItem(JsonNode item) {
    for (var field : item.properties()) {
      int number =
          switch (field.getKey()) {
            case "get" -> 2;
            case "put" -> 3;
            case "post" -> 4;
            case "delete" -> 5;
            case "options" -> 6;
            case "head" -> 7;
            case "patch" -> 8;
            default -> 0;
          };
      if (number > 0) {
        out.message(number, () -> operation(field.getValue()));
      }
    }
    parameters(9, item);
    extensions(10, item);
  }

  private void operation(JsonNode operation) {
    texts(1, operation.path("tags"));
    text(3, operation.get("description"));
    text(5, operation.get("operationId"));
    texts(6, operation.path("produces"));
    texts(7, operation.path("consumes"));
    parameters(8, operation);
    out.message(9, () -> named(1, operation.path("responses"), this::response));
    extensions(13, operation);
  }

  private void response(JsonNode response) {
    out.message(
        1,
        () -> {
          text(1, response.get("description"));
          if (response.has("schema")) {
            out.message(2, () -> out.message(1, () -> schema(response.get("schema"))));
          }
        });
  }

  private void parameters(int number, JsonNode holder) {
    for (var parameter : holder.path("parameters")) {
      out.message(number, () -> out.message(1, () -> parameter(parameter)));
    }
  }

  private void parameter(JsonNode parameter) {
    switch (parameter.path("in").asText()) {
      case "body" -> out.message(1, () -> body(parameter));
      case "path" -> out.message(2, () -> out.message(4, () -> inPath(parameter)));
      default -> out.message(2, () -> out.message(3, () -> inQuery(parameter)));
    }
  }

  private void body(JsonNode parameter) {
    text(1, parameter.get("description"));
    text(2, parameter.get("name"));
    text(3, parameter.get("in"));
    flag(4, parameter.get("required"));
    out.message(5, () -> schema(parameter.path("schema")));
  }

  private void inPath(JsonNode parameter) {
    common(parameter);
    text(5, parameter.get("type"));
    text(6, parameter.get("format"));
    flag(19, parameter.get("uniqueItems"));
  }

  private void inQuery(JsonNode parameter) {
    common(parameter);
    text(6, parameter.get("type"));
    text(7, parameter.get("format"));
    flag(20, parameter.get("uniqueItems"));
  }

  private void common(JsonNode parameter) {
    flag(1, parameter.get("required"));
    text(2, parameter.get("in"));
    text(3, parameter.get("description"));
    text(4, parameter.get("name"));
  }

  private void schema(JsonNode schema) {
    text(1, schema.get("$ref"));
    text(2, schema.get("format"));
    text(4, schema.get("description"));
    if (schema.has("default")) {
      out.message(5, () -> yaml(schema.get("default")));
    }
    texts(19, schema.path("required"));
    for (var value : schema.path("enum")) {
      out.message(20, () -> yaml(value));
    }
    if (schema.has("additionalProperties")) {
      out.message(21, () -> additional(schema.get("additionalProperties")));
    }
    if (schema.has("type")) {
      out.message(22, () -> text(1, schema.get("type")));
    }
    if (schema.has("items")) {
      out.message(23, () -> out.message(1, () -> schema(schema.get("items"))));
    }
    if (schema.has("properties")) {
      out.message(25, () -> named(1, schema.get("properties"), this::schema));
    }
    extensions(31, schema);
  }

  private void additional(JsonNode properties) {
    if (properties.isBoolean()) {
      out.flag(2, properties.asBoolean());
    } else {
      out.message(1, () -> schema(properties));
    }
  }

  private void extensions(int number, JsonNode holder) {
    for (var field : holder.properties()) {
      if (field.getKey().startsWith("x-")) {
        out.message(
            number,
            () -> {
              out.text(NAME, field.getKey());
              out.message(VALUE, () -> yaml(field.getValue()));
            });
      }
    }
  }

  /** Any value: JSON is YAML too. */
  private void yaml(JsonNode value) {
    out.text(2, new String(Json.bytes(value), StandardCharsets.UTF_8) + "\n");
  }

  private void named(int number, JsonNode map, java.util.function.Consumer<JsonNode> write) {
    for (var field : map.properties()) {
      out.message(
          number,
          () -> {
            out.text(NAME, field.getKey());
            out.message(VALUE, () -> write.accept(field.getValue()));
          });
    }
  }

  private void text(int number, JsonNode value) {
    if (value != null && value.isTextual()) {
      out.text(number, value.textValue());
    }
  }

  private void texts(int number, JsonNode values) {
    values.forEach(value -> text(number, value));
  }

  private void flag(int number, JsonNode value) {
    if (value != null && value.asBoolean()) {
      out.flag(number, true);
    }
  }
}
