package io.jkube.api.placement;

import com.fasterxml.jackson.databind.JsonNode;

/** What a node has against pods that do not tolerate it. */
public record Taint(String key, String value, String effect) {
  public static final String NO_SCHEDULE = "NoSchedule";
  public static final String NO_EXECUTE = "NoExecute";
  public static final String PREFER_NO_SCHEDULE = "PreferNoSchedule";

  public static Taint of(JsonNode taint) {
    return new Taint(
        taint.path("key").asText(), taint.path("value").asText(), taint.path("effect").asText());
  }

  public boolean forbidsScheduling() {
    return effect.equals(NO_SCHEDULE) || effect.equals(NO_EXECUTE);
  }

  public boolean discouragesScheduling() {
    return effect.equals(PREFER_NO_SCHEDULE);
  }
}
