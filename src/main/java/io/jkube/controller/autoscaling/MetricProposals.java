package io.jkube.controller.autoscaling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.LabelSelector;
import io.jkube.api.Quantity;
import io.jkube.client.informer.Informer;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** What each kind of metric calls for. */
record MetricProposals(PodMetrics metrics, Informer<ObjectNode> pods) {
  /** Kinds of metrics whose APIs nobody serves here, and how a failure of each is called. */
  private static final Map<String, String> UNSERVED =
      Map.of(
          "Pods", "FailedGetPodsMetric",
          "Object", "FailedGetObjectMetric",
          "External", "FailedGetExternalMetric");

  /** A metric cannot be known now. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    private final String reason;

    Refused(String reason, String message) {
      super(message);
      this.reason = reason;
    }

    /** As the condition ScalingActive says it. */
    String reason() {
      return reason;
    }
  }

  /**
   * @param metric of the autoscaler's spec
   * @throws Refused when it cannot be known now
   */
  Proposal of(
      JsonNode spec,
      JsonNode metric,
      String namespace,
      LabelSelector selector,
      int current,
      Instant now)
      throws Refused {
    var type = metric.path("type").asText();
    var unserved = UNSERVED.get(type);
    if (unserved != null) {
      throw unserved(type, unserved, metric);
    }
    boolean one = type.equals("ContainerResource");
    var source = metric.path(one ? "containerResource" : "resource");
    var resource = source.path("name").asText();
    var target = source.path("target");
    boolean percent = target.path("type").asText().equals("Utilization");
    try {
      var selected = pods.list(namespace).stream().filter(selector::selects).toList();
      var measured =
          metrics.measure(
              namespace,
              selector,
              selected,
              resource,
              source.path("container").asText(),
              percent ? 0 : Quantity.of(target.path("averageValue")).millis(),
              now);
      int goal = percent ? target.path("averageUtilization").asInt() : 100;
      int needed = measured.needed(current, goal, tolerance(spec));
      return new Proposal(
          needed,
          resource
              + (one ? " container" : "")
              + " resource"
              + (percent ? " utilization (percentage of request)" : ""),
          status(metric, measured, percent));
    } catch (ApiException unknown) {
      var reason = one ? "FailedGetContainerResourceMetric" : "FailedGetResourceMetric";
      var text = "failed to get " + resource + (one ? " container" : "") + " resource metric value";
      throw new Refused(reason, text + ": " + unknown.getMessage());
    }
  }

  private static Refused unserved(String type, String reason, JsonNode metric) {
    var name = metric.path(type.toLowerCase(Locale.ROOT)).path("metric").path("name").asText();
    var api = type.equals("External") ? "external" : "custom";
    return new Refused(
        reason,
        "failed to get %s metric value: unable to get metric %s: no %s metrics API is registered"
            .formatted(type.equals("Pods") ? "pods" : type.toLowerCase(Locale.ROOT), name, api));
  }

  private static MeasuredPods.Tolerance tolerance(JsonNode spec) {
    return new MeasuredPods.Tolerance(
        allowed(spec.path("behavior").path("scaleUp")),
        allowed(spec.path("behavior").path("scaleDown")));
  }

  private static double allowed(JsonNode rules) {
    return rules.hasNonNull("tolerance")
        ? Quantity.of(rules.path("tolerance")).amount().doubleValue()
        : MeasuredPods.Tolerance.DEFAULT;
  }

  /** What is measured, as an entry of the status' {@code currentMetrics}. */
  private static ObjectNode status(JsonNode metric, MeasuredPods measured, boolean percent) {
    var type = metric.path("type").asText();
    var field = type.equals("Resource") ? "resource" : "containerResource";
    var status = Json.object().put("type", type);
    var source = status.putObject(field).put("name", metric.path(field).path("name").asText());
    if (metric.path(field).has("container")) {
      source.put("container", metric.path(field).path("container").asText());
    }
    var now = source.putObject("current");
    if (percent) {
      now.put("averageUtilization", measured.percentUsed());
    }
    now.put("averageValue", Quantity.ofMillis(measured.averageUsed()).toString());
    return status;
  }
}
