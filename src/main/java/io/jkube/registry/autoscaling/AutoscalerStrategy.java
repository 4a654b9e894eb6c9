package io.jkube.registry.autoscaling;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.has;
import static io.jkube.registry.Tree.putIfAbsent;
import static io.jkube.registry.Tree.putIfEmpty;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.StatusStrategy;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Rules;
import java.time.Instant;
import java.util.List;

/** The hooks of HorizontalPodAutoscalers, in the form of v2. */
final class AutoscalerStrategy implements StatusStrategy {
  static final int CPU_PERCENT = 80;
  private static final int PERIOD_SECONDS = 15;
  private static final int MAX_PODS_A_PERIOD = 4;
  private static final int MAX_PERCENT_A_PERIOD = 100;

  @Override
  public void applyDefaults(ObjectNode autoscaler) {
    var spec = child(autoscaler, "spec");
    putIfAbsent(spec, "minReplicas", 1);
    if (!has(spec, "/metrics")) {
      spec.putArray("metrics").add(cpu(spec.objectNode(), CPU_PERCENT));
    }
    if (spec.get("behavior") instanceof ObjectNode behavior) {
      var up = child(behavior, "scaleUp");
      putIfAbsent(up, "stabilizationWindowSeconds", 0);
      putIfEmpty(up, "selectPolicy", "Max");
      if (!up.has("policies")) {
        policy(up.putArray("policies"), "Pods", MAX_PODS_A_PERIOD);
        policy(up.withArray("policies"), "Percent", MAX_PERCENT_A_PERIOD);
      }
      var down = child(behavior, "scaleDown");
      putIfEmpty(down, "selectPolicy", "Max");
      if (!down.has("policies")) {
        policy(down.putArray("policies"), "Percent", MAX_PERCENT_A_PERIOD);
      }
    }
  }

  /** Makes a metric: this share of the CPU that was asked for. */
  static ObjectNode cpu(ObjectNode metric, int percent) {
    metric.put("type", "Resource");
    var resource = metric.putObject("resource").put("name", "cpu");
    resource.putObject("target").put("type", "Utilization").put("averageUtilization", percent);
    return metric;
  }

  private static void policy(ArrayNode policies, String type, int value) {
    policies.addObject().put("type", type).put("value", value).put("periodSeconds", PERIOD_SECONDS);
  }

  @Override
  public void prepareForCreate(ObjectNode autoscaler, Instant now) {
    autoscaler.putObject("status").put("desiredReplicas", 0);
  }

  @Override
  public void validate(ObjectNode autoscaler, Violations violations) {
    AutoscalerValidation.validate(autoscaler.path("spec"), violations);
  }

  @Override
  public void validateStatusUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
    var rules = new Rules(violations);
    List.of("currentReplicas", "desiredReplicas")
        .forEach(count -> rules.notNegative(updated.path("status"), count, "status"));
  }
}
