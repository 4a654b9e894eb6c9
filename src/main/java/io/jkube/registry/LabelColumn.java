package io.jkube.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Labels in a cell. */
public final class LabelColumn {
  private LabelColumn() {}

  /** {@code a=b,c=d}, sorted; {@code <none>} without any. */
  public static String text(JsonNode labels) {
    var sorted = new TreeMap<String, String>();
    labels.properties().forEach(each -> sorted.put(each.getKey(), each.getValue().asText()));
    return sorted.isEmpty()
        ? "<none>"
        : sorted.entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining(","));
  }
}
