package io.jkube.api.placement;

import com.fasterxml.jackson.databind.JsonNode;

/** A taint, or many, that a pod puts up with. Empty key or effect: any. */
public record Toleration(String key, Operator operator, String value, String effect) {
  /** How the value of the taint must be. */
  public enum Operator {
    EQUAL,
    EXISTS
  }

  public static Toleration of(JsonNode toleration) {
    return new Toleration(
        toleration.path("key").asText(),
        toleration.path("operator").asText().equals("Exists") ? Operator.EXISTS : Operator.EQUAL,
        toleration.path("value").asText(),
        toleration.path("effect").asText());
  }

  public boolean tolerates(Taint taint) {
    if (!effect.isEmpty() && !effect.equals(taint.effect())) {
      return false;
    }
    if (!key.isEmpty() && !key.equals(taint.key())) {
      return false;
    }
    return switch (operator) {
      case EXISTS -> true;
      case EQUAL -> value.equals(taint.value());
    };
  }
}
