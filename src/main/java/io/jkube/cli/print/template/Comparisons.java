package io.jkube.cli.print.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.text.GoText;
import java.util.List;

/** {@code eq}, {@code lt} and their like. Numbers compare as numbers, whatever their type. */
final class Comparisons {
  private Comparisons() {}

  /** Whether the first argument equals any of the others. */
  static JsonNode equalsAny(List<JsonNode> arguments) {
    if (arguments.size() < 2) {
      throw new TemplateException("error calling eq: missing argument for comparison");
    }
    var first = arguments.getFirst();
    return Functions.truth(arguments.stream().skip(1).anyMatch(other -> areEqual(first, other)));
  }

  private static boolean areEqual(JsonNode left, JsonNode right) {
    if (isNil(left) || isNil(right)) {
      return isNil(left) && isNil(right);
    }
    return order(List.of(left, right)) == 0;
  }

  private static boolean isNil(JsonNode value) {
    return value.isNull() || value.isMissingNode();
  }

  static int order(List<JsonNode> arguments) {
    if (arguments.size() != 2) {
      throw new TemplateException("wrong number of args for a comparison: want 2");
    }
    var left = arguments.getFirst();
    var right = arguments.getLast();
    if (left.isNumber() && right.isNumber()) {
      return left.decimalValue().compareTo(right.decimalValue());
    }
    if (left.isTextual() && right.isTextual()) {
      return left.textValue().compareTo(right.textValue());
    }
    if (left.isBoolean() && right.isBoolean()) {
      return Boolean.compare(left.booleanValue(), right.booleanValue());
    }
    throw new TemplateException(
        "error calling eq: incompatible types for comparison: %s and %s"
            .formatted(GoText.type(left), GoText.type(right)));
  }
}
