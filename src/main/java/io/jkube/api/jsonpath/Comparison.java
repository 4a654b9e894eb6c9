package io.jkube.api.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;

/** Compares two values of a filter. */
final class Comparison {
  private Comparison() {}

  static boolean holds(JsonNode left, String operator, JsonNode right) {
    return switch (operator) {
      case "==" -> order(left, right) == 0;
      case "!=" -> order(left, right) != 0;
      case "<" -> order(left, right) < 0;
      case "<=" -> order(left, right) <= 0;
      case ">" -> order(left, right) > 0;
      case ">=" -> order(left, right) >= 0;
      default -> throw new JsonPathException("unrecognized filter operator " + operator);
    };
  }

  private static int order(JsonNode left, JsonNode right) {
    if (left.isNumber() && right.isNumber()) {
      return left.decimalValue().compareTo(right.decimalValue());
    }
    if (left.isTextual() && right.isTextual()) {
      return left.textValue().compareTo(right.textValue());
    }
    if (left.isBoolean() && right.isBoolean()) {
      return Boolean.compare(left.booleanValue(), right.booleanValue());
    }
    throw new JsonPathException("incompatible types for comparison");
  }
}
