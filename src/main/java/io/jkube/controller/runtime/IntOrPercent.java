package io.jkube.controller.runtime;

import com.fasterxml.jackson.databind.JsonNode;

/** A number, or a percentage of one: {@code 3} or {@code "25%"}. */
public final class IntOrPercent {
  private IntOrPercent() {}

  /** Missing means 0. */
  public static int of(JsonNode value, int whole, boolean roundUp) {
    var text = value.asText();
    if (!text.endsWith("%")) {
      return value.asInt();
    }
    double part = Integer.parseInt(text.substring(0, text.length() - 1)) * (double) whole / 100;
    return (int) (roundUp ? Math.ceil(part) : Math.floor(part));
  }
}
