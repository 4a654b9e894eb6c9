package io.jkube.registry.autoscaling;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Quantity;
import io.jkube.registry.NameRule;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Rules;
import java.util.List;
import java.util.Map;

/** What an autoscaler must say, in the form of v2. */
final class AutoscalerValidation {
  private static final int MAX_WINDOW_SECONDS = 3600;
  private static final int MAX_PERIOD_SECONDS = 1800;
  private static final Map<String, String> SOURCES =
      Map.of(
          "ContainerResource", "containerResource",
          "External", "external",
          "Object", "object",
          "Pods", "pods",
          "Resource", "resource");
  private static final List<String> TARGETS = List.of("Utilization", "Value", "AverageValue");

  private AutoscalerValidation() {}

  static void validate(JsonNode spec, Violations violations) {
    var least = spec.path("minReplicas");
    var most = spec.path("maxReplicas");
    if (least.isNumber() && least.asInt() < 1) {
      violations.invalid("spec.minReplicas", least, "must be greater than or equal to 1");
    }
    if (most.asInt() < 1) {
      violations.invalid("spec.maxReplicas", number(most), "must be greater than 0");
    }
    if (least.isNumber() && most.asInt() < least.asInt()) {
      violations.invalid(
          "spec.maxReplicas", number(most), "must be greater than or equal to `minReplicas`");
    }
    reference(spec.path("scaleTargetRef"), violations);
    int index = 0;
    for (var metric : objects(spec, "/metrics")) {
      metric(metric, "spec.metrics[" + index++ + "]", violations);
    }
    for (var direction : List.of("scaleUp", "scaleDown")) {
      if (spec.path("behavior").path(direction).isObject()) {
        behavior(spec.path("behavior").path(direction), "spec.behavior." + direction, violations);
      }
    }
  }

  private static JsonNode number(JsonNode value) {
    return value.isNumber() ? value : com.fasterxml.jackson.databind.node.IntNode.valueOf(0);
  }

  private static void reference(JsonNode target, Violations violations) {
    var rules = new Rules(violations);
    rules.name(target, "kind", "spec.scaleTargetRef", NameRule.PATH_SEGMENT);
    rules.name(target, "name", "spec.scaleTargetRef", NameRule.PATH_SEGMENT);
    var version = text(target, "/apiVersion");
    if (version.chars().filter(letter -> letter == '/').count() > 1) {
      violations.invalid(
          "spec.scaleTargetRef.apiVersion", version, "unexpected GroupVersion string: " + version);
    }
  }

  private static void metric(ObjectNode metric, String at, Violations violations) {
    var type = text(metric, "/type");
    if (type.isEmpty()) {
      violations.required(at + ".type", "must specify a metric source type");
    }
    var source = SOURCES.get(type);
    if (source == null) {
      violations.notSupported(at + ".type", type, SOURCES.keySet().stream().sorted().toList());
      return;
    }
    if (!metric.path(source).isObject()) {
      violations.required(
          at + "." + source, "must populate information for the given metric source");
    } else {
      source(type, metric.path(source), at + "." + source, violations);
    }
    for (var other : SOURCES.values().stream().sorted().toList()) {
      if (!other.equals(source) && metric.path(other).isObject()) {
        violations.forbidden(at + "." + other, "must populate the given metric source only");
      }
    }
  }

  private static void source(String type, JsonNode source, String at, Violations violations) {
    var target = source.path("target");
    switch (type) {
      case "Resource", "ContainerResource" -> {
        if (text(source, "/name").isEmpty()) {
          violations.required(at + ".name", "must specify a resource name");
        }
        if (type.equals("ContainerResource") && text(source, "/container").isEmpty()) {
          violations.required(at + ".container", "must specify a container");
        }
        target(target, at + ".target", violations);
        eitherOf(
            target, at, "averageUtilization", "target raw value", "target utilization", violations);
      }
      default -> {
        var name = source.path("metric");
        new Rules(violations).name(name, "name", at + ".metric", NameRule.PATH_SEGMENT);
        target(target, at + ".target", violations);
        if (type.equals("Pods") && !target.hasNonNull("averageValue")) {
          violations.required(
              at + ".target.averageValue", "must specify a positive target averageValue");
        } else if (!type.equals("Pods")) {
          eitherOf(target, at, "value", "target value for metric", "per-pod target", violations);
        }
      }
    }
  }

  /** Exactly one of the average value and the other way to say what is wanted. */
  private static void eitherOf(
      JsonNode target, String at, String field, String one, String two, Violations violations) {
    boolean average = target.hasNonNull("averageValue");
    boolean other = target.hasNonNull(field);
    if (!average && !other) {
      violations.required(at + ".target." + field, "must set either a " + one + " or a " + two);
    } else if (average && other) {
      violations.forbidden(
          at + ".target.averageValue", "may not set both a " + one + " and a " + two);
    }
  }

  private static void target(JsonNode target, String at, Violations violations) {
    var type = text(target, "/type");
    if (type.isEmpty()) {
      violations.required(at + ".type", "must specify a metric target type");
    }
    if (!TARGETS.contains(type)) {
      violations.invalid(at + ".type", type, "must be either Utilization, Value, or AverageValue");
    }
    for (var field : List.of("value", "averageValue")) {
      if (target.hasNonNull(field) && Quantity.of(target.get(field)).signum() <= 0) {
        violations.invalid(at + "." + field, target.get(field), "must be positive");
      }
    }
    var share = target.path("averageUtilization");
    if (share.isNumber() && share.asInt() < 1) {
      violations.invalid(at + ".averageUtilization", share, "must be greater than 0");
    }
  }

  private static void behavior(JsonNode rules, String at, Violations violations) {
    var window = rules.path("stabilizationWindowSeconds");
    if (window.asInt() < 0) {
      violations.invalid(
          at + ".stabilizationWindowSeconds", window, "must be greater than or equal to zero");
    } else if (window.asInt() > MAX_WINDOW_SECONDS) {
      violations.invalid(
          at + ".stabilizationWindowSeconds", window, "must be less than or equal to 3600");
    }
    new Rules(violations).oneOf(rules, "selectPolicy", at, List.of("Disabled", "Max", "Min"));
    var policies = objects(rules, "/policies");
    if (policies.isEmpty()) {
      violations.required(at + ".policies", "must specify at least one Policy");
    }
    for (int i = 0; i < policies.size(); i++) {
      policy(policies.get(i), at + ".policies[" + i + "]", violations);
    }
  }

  private static void policy(ObjectNode policy, String at, Violations violations) {
    var type = text(policy, "/type");
    if (!List.of("Percent", "Pods").contains(type)) {
      violations.notSupported(at + ".type", type, List.of("Percent", "Pods"));
    }
    for (var field : List.of("value", "periodSeconds")) {
      if (policy.path(field).asInt() <= 0) {
        violations.invalid(at + "." + field, policy.get(field), "must be greater than zero");
      }
    }
    if (policy.path("periodSeconds").asInt() > MAX_PERIOD_SECONDS) {
      violations.invalid(
          at + ".periodSeconds", policy.get("periodSeconds"), "must be less than or equal to 1800");
    }
  }
}
