package io.jkube.registry.cel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** What an expression came to; may be a variable of another. */
public final class CelValue {
  private final Object value;

  CelValue(Object value) {
    this.value = Objects.requireNonNull(value, "value");
  }

  /** An object with these fields, for other expressions to select from. */
  public static CelValue ofFields(Map<String, CelValue> fields) {
    var values = new HashMap<String, Object>();
    fields.forEach((name, field) -> values.put(name, field.value()));
    return new CelValue(values);
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

  /** The value as JSON. */
  public JsonNode json() {
    return Values.toJson(value);
  }
}
