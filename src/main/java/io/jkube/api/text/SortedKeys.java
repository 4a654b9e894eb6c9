package io.jkube.api.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.util.Map;

/** The same tree, its keys in the order in which kubectl prints them. */
public final class SortedKeys {
  private SortedKeys() {}

  public static JsonNode of(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> {
        var sorted = Json.object();
        object
            .propertyStream()
            .sorted(Map.Entry.comparingByKey())
            .forEach(entry -> sorted.set(entry.getKey(), of(entry.getValue())));
        yield sorted;
      }
      case ArrayNode array -> {
        var sorted = Json.array();
        array.forEach(item -> sorted.add(of(item)));
        yield sorted;
      }
      default -> node;
    };
  }
}
