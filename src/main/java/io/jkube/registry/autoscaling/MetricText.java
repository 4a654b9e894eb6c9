package io.jkube.registry.autoscaling;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;

/** What is measured, and what it should be, in one cell: {@code cpu: 12%/80%, 3/10 (avg)}. */
final class MetricText {
  private static final int SHOWN = 2;
  private static final String UNKNOWN = "<unknown>";

  private MetricText() {}

  static String of(ObjectNode autoscaler) {
    var metrics = objects(autoscaler, "/spec/metrics");
    var measured = objects(autoscaler, "/status/currentMetrics");
    if (metrics.isEmpty()) {
      return "<none>";
    }
    var texts = new ArrayList<String>();
    for (int i = 0; i < Math.min(SHOWN, metrics.size()); i++) {
      var current = i < measured.size() ? measured.get(i) : metrics.get(i).missingNode();
      texts.add(one(metrics.get(i), current));
    }
    var shown = String.join(", ", texts);
    return metrics.size() > SHOWN ? shown + " + " + (metrics.size() - SHOWN) + " more..." : shown;
  }

  private static String one(ObjectNode metric, JsonNode measured) {
    var type = text(metric, "/type");
    return switch (type) {
      case "External" -> value(metric.path("external"), measured.at("/external/current"));
      case "Object" -> value(metric.path("object"), measured.at("/object/current"));
      case "Pods" ->
          orUnknown(measured.at("/pods/current/averageValue"))
              + "/"
              + text(metric, "/pods/target/averageValue");
      case "Resource" -> resource(metric.path("resource"), measured.at("/resource/current"));
      case "ContainerResource" ->
          resource(metric.path("containerResource"), measured.at("/containerResource/current"));
      default -> "<unknown type>";
    };
  }

  private static String value(JsonNode metric, JsonNode current) {
    if (metric.path("target").hasNonNull("averageValue")) {
      return orUnknown(current.path("averageValue"))
          + "/"
          + text(metric, "/target/averageValue")
          + " (avg)";
    }
    return orUnknown(current.path("value")) + "/" + text(metric, "/target/value");
  }

  private static String resource(JsonNode metric, JsonNode current) {
    var target = metric.path("target");
    var name = text(metric, "/name") + ": ";
    if (target.hasNonNull("averageValue")) {
      return name + orUnknown(current.path("averageValue")) + "/" + text(target, "/averageValue");
    }
    var used = current.path("averageUtilization");
    var wanted = target.path("averageUtilization");
    return name
        + (used.isNumber() ? used.asInt() + "%" : UNKNOWN)
        + "/"
        + (wanted.isNumber() ? wanted.asInt() + "%" : "<auto>");
  }

  private static String orUnknown(JsonNode value) {
    return value.isMissingNode() || value.isNull() ? UNKNOWN : value.asText();
  }
}
