package io.jkube.registry.structural;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.registry.Tree;
import java.math.BigDecimal;

/** The types of values, in the words of JSON schema. */
final class ValueTypes {
  private ValueTypes() {}

  /** Whether the schema asks for a type at all. */
  static boolean isStated(JsonNode schema) {
    return !Tree.text(schema, "/type").isEmpty() || isIntOrString(schema);
  }

  static boolean fits(JsonNode schema, JsonNode value) {
    if (isIntOrString(schema)) {
      return value.isTextual() || isInteger(value);
    }
    return switch (Tree.text(schema, "/type")) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "number" -> value.isNumber();
      case "integer" -> isInteger(value);
      default -> true;
    };
  }

  static String expected(JsonNode schema) {
    return isIntOrString(schema) ? "integer,string" : Tree.text(schema, "/type");
  }

  /** What a value is. */
  static String name(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT, POJO -> "object";
      case ARRAY -> "array";
      case STRING, BINARY -> "string";
      case BOOLEAN -> "boolean";
      case NUMBER -> isInteger(value) ? "integer" : "number";
      case NULL, MISSING -> "null";
    };
  }

  private static boolean isIntOrString(JsonNode schema) {
    return schema.path("x-kubernetes-int-or-string").asBoolean();
  }

  private static boolean isInteger(JsonNode value) {
    return value.isIntegralNumber()
        || value.isNumber() && value.decimalValue().remainder(BigDecimal.ONE).signum() == 0;
  }
}
