package io.jkube.registry.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.registry.Violations;
import java.util.regex.Pattern;

/** Amounts written as a number or as a share: {@code 3}, {@code 25%}. */
public final class IntOrPercent {
  private static final Pattern PERCENT = Pattern.compile("[0-9]+%");
  private static final int ALL_PERCENT = 100;
  private static final String RULE =
      "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or"
          + " '93%', regex used for validation is '[0-9]+%')";

  private IntOrPercent() {}

  /** Not negative, and a share if it is text. */
  public static void validate(JsonNode value, String path, Violations violations) {
    if (value.isTextual()) {
      if (!isPercent(value)) {
        violations.invalid(path, value.textValue(), RULE);
      }
    } else if (value.asInt() < 0) {
      violations.invalid(path, value, "must be greater than or equal to 0");
    }
  }

  public static void notMoreThanAll(JsonNode value, String path, Violations violations) {
    if (isPercent(value) && number(value) > ALL_PERCENT) {
      violations.invalid(path, value, "must not be greater than 100%");
    }
  }

  /** Whether it is nothing, as a number or as a share. */
  public static boolean isZero(JsonNode value) {
    return number(value) == 0;
  }

  private static long number(JsonNode value) {
    if (!isPercent(value)) {
      return value.asInt();
    }
    var digits = value.textValue().substring(0, value.textValue().length() - 1);
    return digits.length() > 9 ? Integer.MAX_VALUE : Long.parseLong(digits);
  }

  private static boolean isPercent(JsonNode value) {
    return value.isTextual() && PERCENT.matcher(value.textValue()).matches();
  }
}
