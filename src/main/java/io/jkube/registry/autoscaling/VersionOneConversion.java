package io.jkube.registry.autoscaling;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.registry.Conversion;
import io.jkube.registry.Tree;
import java.util.List;

/**
 * Between autoscaling/v1, which knows the CPU only, and v2. Upstream's annotations carry the rest,
 * so that a client of v1 that writes back what it read loses nothing.
 */
final class VersionOneConversion implements Conversion {
  private static final String PREFIX = "autoscaling.alpha.kubernetes.io/";
  private static final String METRICS = PREFIX + "metrics";
  private static final String CURRENT_METRICS = PREFIX + "current-metrics";
  private static final String CONDITIONS = PREFIX + "conditions";
  private static final String BEHAVIOR = PREFIX + "behavior";
  private static final String CPU_TARGET = "targetCPUUtilizationPercentage";
  private static final String CPU_CURRENT = "currentCPUUtilizationPercentage";

  @Override
  public ObjectNode toStored(ObjectNode served) {
    var stored = served.deepCopy().put("apiVersion", "autoscaling/v2");
    var spec = child(stored, "spec");
    var metrics = spec.arrayNode();
    if (spec.remove(CPU_TARGET) instanceof JsonNode percent && percent.isNumber()) {
      metrics.add(AutoscalerStrategy.cpu(spec.objectNode(), percent.asInt()));
    }
    for (var metric : annotation(stored, METRICS)) {
      metrics.add(MetricForms.SPEC.toSecond(metric));
    }
    if (!metrics.isEmpty()) {
      spec.set("metrics", metrics);
    }
    if (annotation(stored, BEHAVIOR) instanceof ObjectNode behavior) {
      spec.set("behavior", behavior);
    }
    if (stored.get("status") instanceof ObjectNode status) {
      statusToStored(stored, status);
    }
    forget(stored);
    return stored;
  }

  private static void statusToStored(ObjectNode stored, ObjectNode status) {
    var current = status.arrayNode();
    if (status.remove(CPU_CURRENT) instanceof JsonNode percent && percent.isNumber()) {
      var metric = current.addObject().put("type", "Resource");
      var resource = metric.putObject("resource").put("name", "cpu");
      resource.putObject("current").put("averageUtilization", percent.asInt());
    }
    for (var metric : annotation(stored, CURRENT_METRICS)) {
      current.add(MetricForms.STATUS.toSecond(metric));
    }
    if (!current.isEmpty()) {
      status.set("currentMetrics", current);
    }
    if (annotation(stored, CONDITIONS) instanceof ArrayNode conditions) {
      status.set("conditions", conditions);
    }
  }

  @Override
  public ObjectNode toServed(ObjectNode stored) {
    var served = stored.deepCopy().put("apiVersion", "autoscaling/v1");
    var spec = child(served, "spec");
    var others = spec.arrayNode();
    for (var metric : iterable(spec.remove("metrics"))) {
      if (isCpu(metric, "target") && !spec.has(CPU_TARGET)) {
        spec.set(CPU_TARGET, metric.at("/resource/target/averageUtilization"));
      } else {
        others.add(MetricForms.SPEC.toFirst(metric));
      }
    }
    annotate(served, METRICS, others);
    annotate(served, BEHAVIOR, spec.remove("behavior"));
    if (served.get("status") instanceof ObjectNode status) {
      statusToServed(served, status);
    }
    return served;
  }

  private static void statusToServed(ObjectNode served, ObjectNode status) {
    var others = status.arrayNode();
    for (var metric : iterable(status.remove("currentMetrics"))) {
      if (isCpu(metric, "current") && !status.has(CPU_CURRENT)) {
        status.set(CPU_CURRENT, metric.at("/resource/current/averageUtilization"));
      } else {
        others.add(MetricForms.STATUS.toFirst(metric));
      }
    }
    annotate(served, CURRENT_METRICS, others);
    annotate(served, CONDITIONS, status.remove("conditions"));
    if (!status.has("currentReplicas")) {
      status.put("currentReplicas", 0);
    }
  }

  private static boolean isCpu(JsonNode metric, String part) {
    var share = metric.at("/resource/" + part + "/averageUtilization");
    return text(metric, "/resource/name").equals("cpu") && share.isNumber();
  }

  private static Iterable<JsonNode> iterable(JsonNode list) {
    return list == null ? List.of() : list;
  }

  private static void annotate(ObjectNode object, String name, JsonNode value) {
    if (!Tree.isEmpty(value == null ? object.missingNode() : value)) {
      child(child(object, "metadata"), "annotations").put(name, value.toString());
    }
  }

  /** What an annotation holds; nothing where there is none, or nothing readable in it. */
  private static JsonNode annotation(ObjectNode object, String name) {
    var value = object.at("/metadata/annotations").path(name);
    try {
      return value.isTextual() ? Json.MAPPER.readTree(value.textValue()) : object.missingNode();
    } catch (JsonProcessingException | ApiException malformed) {
      return object.missingNode();
    }
  }

  private static void forget(ObjectNode object) {
    if (object.at("/metadata/annotations") instanceof ObjectNode annotations) {
      annotations.remove(List.of(METRICS, CURRENT_METRICS, CONDITIONS, BEHAVIOR));
      if (annotations.isEmpty()) {
        child(object, "metadata").remove("annotations");
      }
    }
  }
}
