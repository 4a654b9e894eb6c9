package io.jkube.api.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A value as Go's {@code fmt} prints it by default: {@code map[a:1 b:2]}, {@code [1 2]}, {@code
 * <nil>}.
 */
public final class GoText {
  private static final int FIRST_EXPONENT_SHOWN = 6;
  private static final int LAST_SMALL_EXPONENT = -4;

  private GoText() {}

  public static String of(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> value.textValue();
      case NUMBER -> number(value);
      case BOOLEAN -> value.asText();
      case ARRAY -> value.valueStream().map(GoText::of).collect(Collectors.joining(" ", "[", "]"));
      case OBJECT ->
          value
              .propertyStream()
              .sorted(Map.Entry.comparingByKey())
              .map(entry -> entry.getKey() + ":" + of(entry.getValue()))
              .collect(Collectors.joining(" ", "map[", "]"));
      case NULL, MISSING, BINARY, POJO -> "<nil>";
    };
  }

  private static String number(JsonNode value) {
    return value.isIntegralNumber() ? value.asText() : number(value.doubleValue());
  }

  /** {@code %v} of a float64: the shortest digits; an exponent below 1e-04 and from 1e+06 on. */
  public static String number(double value) {
    var exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = exact.precision() - exact.scale() - 1;
    if (exact.signum() == 0) {
      return "0";
    }
    if (exponent >= LAST_SMALL_EXPONENT && exponent < FIRST_EXPONENT_SHOWN) {
      return exact.toPlainString();
    }
    var digits = exact.unscaledValue().abs().toString();
    return (exact.signum() < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + String.format("e%+03d", exponent);
  }

  /** The type that Go reads the value into. */
  public static String type(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "map[string]interface {}";
      case ARRAY -> "[]interface {}";
      case STRING -> "string";
      case NUMBER -> value.isIntegralNumber() ? "int" : "float64";
      case BOOLEAN -> "bool";
      case NULL, MISSING, BINARY, POJO -> "<nil>";
    };
  }
}
