package io.jkube.registry.autoscaling;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * The two forms of a metric: v2 holds what is wanted, or measured, in an object of its own; v1, in
 * the annotations, in flat fields with the word before them ({@code targetAverageValue}).
 */
enum MetricForms {
  SPEC("target"),
  STATUS("current");

  private static final Map<String, String> SOURCES =
      Map.of(
          "Resource", "resource",
          "ContainerResource", "containerResource",
          "Pods", "pods",
          "Object", "object",
          "External", "external");
  private static final Map<String, String> AMOUNTS =
      Map.of(
          "averageUtilization", "AverageUtilization",
          "averageValue", "AverageValue",
          "value", "Value");

  private final String word;

  MetricForms(String word) {
    this.word = word;
  }

  ObjectNode toFirst(JsonNode metric) {
    ObjectNode first = metric.deepCopy();
    if (first.get(source(metric)) instanceof ObjectNode source) {
      var type = text(metric, "/type");
      var amounts = source.remove(word);
      move(source, "describedObject", "target");
      if (source.remove("metric") instanceof ObjectNode name) {
        source.set("metricName", name.path("name"));
        if (name.has("selector")) {
          source.set(type.equals("External") ? "metricSelector" : "selector", name.get("selector"));
        }
      }
      if (amounts != null) {
        AMOUNTS.forEach((second, flat) -> copy(amounts, second, source, flatName(type, flat)));
      }
    }
    return first;
  }

  ObjectNode toSecond(JsonNode metric) {
    ObjectNode second = metric.deepCopy();
    if (second.get(source(metric)) instanceof ObjectNode source) {
      var type = text(metric, "/type");
      var amounts = source.objectNode();
      AMOUNTS.forEach(
          (name, flat) -> {
            copy(source, flatName(type, flat), amounts, name);
            source.remove(flatName(type, flat));
          });
      move(source, "target", "describedObject");
      if (source.has("metricName")) {
        var name = source.objectNode();
        name.set("name", source.remove("metricName"));
        move(source, "metricSelector", "selector");
        copy(source, "selector", name, "selector");
        source.remove("selector");
        source.set("metric", name);
      }
      if (this == SPEC) {
        amounts.put("type", targetType(amounts));
      }
      source.set(word, amounts);
    }
    return second;
  }

  private static String source(JsonNode metric) {
    return SOURCES.getOrDefault(text(metric, "/type"), "");
  }

  /** The average of an object's metric has no word before it. */
  private String flatName(String type, String flat) {
    return type.equals("Object") && flat.equals("AverageValue") ? "averageValue" : word + flat;
  }

  private static String targetType(ObjectNode amounts) {
    if (amounts.has("averageUtilization")) {
      return "Utilization";
    }
    return amounts.has("averageValue") ? "AverageValue" : "Value";
  }

  private static void copy(JsonNode from, String field, ObjectNode into, String name) {
    if (from.hasNonNull(field)) {
      into.set(name, from.get(field));
    }
  }

  private static void move(ObjectNode source, String field, String name) {
    if (source.hasNonNull(field)) {
      source.set(name, source.remove(field));
    }
  }
}
