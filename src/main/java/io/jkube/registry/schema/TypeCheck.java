package io.jkube.registry.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Quantity;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Optional;

/**
 * Finds the first value that upstream's decoder could not read into its field, and says so in the
 * decoder's words. Null reads into everything.
 */
final class TypeCheck {
  private static final String RFC_3339 = "2006-01-02T15:04:05Z07:00";

  private final Definitions definitions;

  TypeCheck(Definitions definitions) {
    this.definitions = definitions;
  }

  Optional<String> mismatch(Schema kind, ObjectNode object) {
    return Optional.ofNullable(check(kind, object, kind, ""));
  }

  /**
   * @param struct the innermost definition around the value
   * @param path names of fields from the top, without indices
   * @return what is wrong, or null
   */
  private String check(Schema stated, JsonNode node, Schema struct, String path) {
    if (node.isNull()) {
      return null;
    }
    var schema = definitions.resolve(stated);
    return switch (schema.type()) {
      case OBJECT -> fields(schema, node, struct, path);
      case MAP -> values(schema, node, struct, path);
      case ARRAY -> elements(schema, node, struct, path);
      case STRING -> string(schema, node, struct, path);
      case INTEGER -> integer(schema, node, struct, path);
      case NUMBER -> node.isNumber() ? null : unreadable(schema, node, struct, path);
      case BOOLEAN -> node.isBoolean() ? null : unreadable(schema, node, struct, path);
      case QUANTITY -> quantity(node);
      case INT_OR_STRING ->
          node.isTextual() || node.isIntegralNumber() && node.canConvertToInt()
              ? null
              : "json: cannot unmarshal " + word(node) + " into Go value of type int32";
      case ANY -> null;
      case REFERENCE -> throw new IllegalStateException("unresolved " + schema.name());
    };
  }

  private String fields(Schema schema, JsonNode node, Schema struct, String path) {
    if (!node.isObject()) {
      return schema.isOpen() ? null : unreadable(schema, node, struct, path);
    }
    for (var field : node.properties()) {
      var known = schema.properties().get(field.getKey());
      if (known != null) {
        var at = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
        var wrong = check(known, field.getValue(), schema, at);
        if (wrong != null) {
          return wrong;
        }
      }
    }
    return null;
  }

  private String values(Schema schema, JsonNode node, Schema struct, String path) {
    if (!node.isObject()) {
      return unreadable(schema, node, struct, path);
    }
    return all(schema, node, struct, path);
  }

  private String elements(Schema schema, JsonNode node, Schema struct, String path) {
    return node.isArray()
        ? all(schema, node, struct, path)
        : unreadable(schema, node, struct, path);
  }

  private String all(Schema schema, JsonNode node, Schema struct, String path) {
    for (var value : node) {
      var wrong = check(schema.element(), value, struct, path);
      if (wrong != null) {
        return wrong;
      }
    }
    return null;
  }

  private String string(Schema schema, JsonNode node, Schema struct, String path) {
    if (!node.isTextual()) {
      return schema.name().isEmpty()
          ? unreadable(schema, node, struct, path)
          : "json: cannot unmarshal " + word(node) + " into Go value of type string";
    }
    return switch (schema.format()) {
      case "date-time" -> time(node.textValue());
      case "byte" -> base64(node.textValue());
      default -> null;
    };
  }

  private static String time(String text) {
    try {
      OffsetDateTime.parse(text);
      return null;
    } catch (DateTimeException malformed) {
      return "parsing time \"%s\" as \"%s\": cannot parse \"%s\" as \"2006\""
          .formatted(text, RFC_3339, text);
    }
  }

  private static String base64(String text) {
    try {
      Base64.getDecoder().decode(text.replaceAll("[\r\n]", ""));
      return null;
    } catch (IllegalArgumentException malformed) {
      return "illegal base64 data at input byte " + firstForeignByte(text);
    }
  }

  private static int firstForeignByte(String text) {
    int at = 0;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "+/".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    return at == text.length() ? at - at % 4 : at;
  }

  private String integer(Schema schema, JsonNode node, Schema struct, String path) {
    boolean fits =
        schema.format().equals("int32") ? node.canConvertToInt() : node.canConvertToLong();
    if (node.isIntegralNumber() && fits) {
      return null;
    }
    return unreadable(schema, node, struct, path);
  }

  private static String quantity(JsonNode node) {
    try {
      Quantity.of(node);
      return null;
    } catch (ApiException malformed) {
      return malformed.getMessage();
    }
  }

  private String unreadable(Schema schema, JsonNode node, Schema struct, String path) {
    boolean wrongNumber = node.isNumber() && isNumeric(schema);
    var value = wrongNumber ? "number " + node.asText() : word(node);
    var into =
        path.isEmpty()
            ? "Go value of type "
            : "Go struct field " + struct.shortName() + "." + path + " of type ";
    return "json: cannot unmarshal " + value + " into " + into + goType(schema);
  }

  private static boolean isNumeric(Schema schema) {
    return schema.type() == Schema.Type.INTEGER || schema.type() == Schema.Type.NUMBER;
  }

  private static String word(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "array";
      case BOOLEAN -> "bool";
      case NUMBER -> "number";
      case OBJECT, POJO -> "object";
      case STRING, BINARY -> "string";
      case NULL, MISSING -> "null";
    };
  }

  private String goType(Schema schema) {
    return switch (schema.type()) {
      case STRING -> schema.format().equals("byte") ? "[]uint8" : "string";
      case INTEGER -> schema.format();
      case NUMBER -> "float64";
      case BOOLEAN -> "bool";
      case ARRAY -> "[]" + goType(schema.element());
      case MAP -> "map[string]" + goType(schema.element());
      case OBJECT, ANY, INT_OR_STRING, QUANTITY, REFERENCE ->
          schema.name().isEmpty() ? "map[string]interface {}" : goTypeNamed(schema);
    };
  }

  private static String goTypeNamed(Schema schema) {
    return schema.goName().startsWith("resource.") ? "resource.Quantity" : schema.goName();
  }
}
