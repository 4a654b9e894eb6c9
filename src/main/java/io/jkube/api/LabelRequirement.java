package io.jkube.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One condition on one label.
 *
 * @param values sorted, without repeats
 */
public record LabelRequirement(String key, Operator operator, List<String> values) {
  /** How a label and the values relate; the text is that of the selector syntax. */
  public enum Operator {
    IN("in"),
    NOT_IN("notin"),
    EQUALS("="),
    DOUBLE_EQUALS("=="),
    NOT_EQUALS("!="),
    GREATER_THAN(">"),
    LESS_THAN("<"),
    EXISTS("exists"),
    DOES_NOT_EXIST("!");

    private final String text;

    Operator(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /**
   * @throws ApiException BadRequest when key, operator and values do not go together
   */
  public LabelRequirement {
    values = values.stream().sorted().distinct().toList();
    var violations = new ArrayList<String>();
    report(violations, "key", key, LabelSyntax.keyViolations(key));
    checkCount(violations, operator, values);
    for (int i = 0; i < values.size(); i++) {
      var path = "values[" + i + "][" + key + "]";
      report(violations, path, values.get(i), LabelSyntax.valueViolations(values.get(i)));
    }
    if (!violations.isEmpty()) {
      throw ApiException.badRequest(
          violations.size() == 1 ? violations.getFirst() : violations.toString());
    }
  }

  /** Reads an element of {@code matchExpressions}. */
  static LabelRequirement ofExpression(JsonNode expression) {
    var operator =
        switch (expression.path("operator").asText()) {
          case "In" -> Operator.IN;
          case "NotIn" -> Operator.NOT_IN;
          case "Exists" -> Operator.EXISTS;
          case "DoesNotExist" -> Operator.DOES_NOT_EXIST;
          case String other ->
              throw ApiException.badRequest(
                  "\"" + other + "\" is not a valid label selector operator");
        };
    var values = new ArrayList<String>();
    expression.path("values").forEach(value -> values.add(value.asText()));
    return new LabelRequirement(expression.path("key").asText(), operator, values);
  }

  /**
   * @param actual the label's value, or null when the object does not have it
   */
  boolean matches(String actual) {
    return switch (operator) {
      case IN, EQUALS, DOUBLE_EQUALS -> actual != null && values.contains(actual);
      case NOT_IN, NOT_EQUALS -> actual == null || !values.contains(actual);
      case EXISTS -> actual != null;
      case DOES_NOT_EXIST -> actual == null;
      case GREATER_THAN -> isInteger(actual) && Long.parseLong(actual) > bound();
      case LESS_THAN -> isInteger(actual) && Long.parseLong(actual) < bound();
    };
  }

  Optional<String> exactValue() {
    return switch (operator) {
      case IN, EQUALS, DOUBLE_EQUALS ->
          values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
      case NOT_IN, NOT_EQUALS, EXISTS, DOES_NOT_EXIST, GREATER_THAN, LESS_THAN -> Optional.empty();
    };
  }

  private long bound() {
    return Long.parseLong(values.getFirst());
  }

  private static void checkCount(List<String> violations, Operator operator, List<String> values) {
    switch (operator) {
      case IN, NOT_IN -> {
        if (values.isEmpty()) {
          refuse(violations, values, "for 'in', 'notin' operators, values set can't be empty");
        }
      }
      case EQUALS, DOUBLE_EQUALS, NOT_EQUALS -> {
        if (values.size() != 1) {
          refuse(violations, values, "exact-match compatibility requires one single value");
        }
      }
      case EXISTS, DOES_NOT_EXIST -> {
        if (!values.isEmpty()) {
          refuse(violations, values, "values set must be empty for exists and does not exist");
        }
      }
      case GREATER_THAN, LESS_THAN -> {
        if (values.size() != 1) {
          refuse(violations, values, "for 'Gt', 'Lt' operators, exactly one value is required");
        }
        for (int i = 0; i < values.size(); i++) {
          if (!isInteger(values.get(i))) {
            report(
                violations,
                "values[" + i + "]",
                values.get(i),
                List.of("for 'Gt', 'Lt' operators, the value must be an integer"));
          }
        }
      }
    }
  }

  private static void refuse(List<String> violations, List<String> values, String why) {
    violations.add("values: Invalid value: " + Json.MAPPER.valueToTree(values) + ": " + why);
  }

  private static void report(
      List<String> violations, String path, String value, List<String> whys) {
    if (!whys.isEmpty()) {
      violations.add(LabelSyntax.invalid(path, value, whys));
    }
  }

  private static boolean isInteger(String text) {
    if (text == null) {
      return false;
    }
    try {
      Long.parseLong(text);
      return true;
    } catch (NumberFormatException notOne) {
      return false;
    }
  }

  @Override
  public String toString() {
    return switch (operator) {
      case EXISTS -> key;
      case DOES_NOT_EXIST -> "!" + key;
      case IN, NOT_IN -> key + " " + operator.text() + " (" + String.join(",", values) + ")";
      case EQUALS, DOUBLE_EQUALS, NOT_EQUALS, GREATER_THAN, LESS_THAN ->
          key + operator.text() + String.join(",", values);
    };
  }
}
