package io.jkube.cli.describe.section;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;

/** Tolerations and taints, a line each. */
public final class Tolerations {
  private Tolerations() {}

  /** {@code key=value:NoExecute op=Exists for 300s}, by key. */
  public static List<String> texts(JsonNode tolerations) {
    return tolerations
        .valueStream()
        .sorted(Comparator.comparing(each -> each.path("key").asText()))
        .map(Tolerations::text)
        .toList();
  }

  private static String text(JsonNode toleration) {
    var shown = new StringBuilder(toleration.path("key").asText());
    var value = toleration.path("value").asText();
    var effect = toleration.path("effect").asText();
    shown.append(value.isEmpty() ? "" : "=" + value);
    shown.append(effect.isEmpty() ? "" : ":" + effect);
    if (toleration.path("operator").asText().equals("Exists") && value.isEmpty()) {
      shown.append(shown.isEmpty() ? "op=Exists" : " op=Exists");
    }
    if (toleration.has("tolerationSeconds")) {
      shown.append(" for ").append(toleration.path("tolerationSeconds").asLong()).append('s');
    }
    return shown.toString();
  }

  /** {@code key=value:NoSchedule}, by effect and key. */
  public static List<String> taints(JsonNode taints) {
    return taints
        .valueStream()
        .sorted(
            Comparator.comparing(
                each -> each.path("effect").asText() + "," + each.path("key").asText()))
        .map(
            taint -> {
              var value = taint.path("value").asText();
              return taint.path("key").asText()
                  + (value.isEmpty() ? "" : "=" + value)
                  + ":"
                  + taint.path("effect").asText();
            })
        .toList();
  }
}
