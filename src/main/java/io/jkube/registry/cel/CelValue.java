package io.jkube.registry.cel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What an expression came to; may be a variable of another. */
public final class CelValue {
  private final Object value;

  CelValue(Object value) {
    this.value = Objects.requireNonNull(value, "value");
  }

  Object value() {
    return value;
  }

  /** Whether it is true; false for what is no truth value. */
  public boolean truth() {
    return Boolean.TRUE.equals(value);
  }

  /** Whether it is null. */
  public boolean isNull() {
    return value instanceof dev.cel.common.values.NullValue;
  }

  /** The text, or what it reads like. */
  public String text() {
    return value instanceof String text ? text : json().asText();
  }

  /**
   * The objects and patches that an expression built.
   *
   * @throws CelProblem EVALUATION where a part stands in another's place
   */
  public JsonNode built() {
    if (value instanceof List<?> patches) {
      patches.forEach(
          each -> {
            if (each instanceof Map<?, ?> patch) {
              BuiltTypes.check(patch.get("value"));
            }
          });
    } else {
      BuiltTypes.check(value);
    }
    return json();
  }

  /** The value as JSON. */
  public JsonNode json() {
    return Values.toJson(value);
  }
}
