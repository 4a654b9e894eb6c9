package io.jkube.kubelet.pod;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a pod may ask for and this kubelet cannot give: the whole list. Such a pod is refused, not
 * run with less than it asks for.
 */
final class UnsupportedFields {
  private record Rule(String field, String at, Predicate<JsonNode> asksFor) {
    Rule(String field, Predicate<JsonNode> asksFor) {
      this(field, "/" + field.replace('.', '/'), asksFor);
    }
  }

  private static final List<Rule> OF_SPEC =
      List.of(
          new Rule("ephemeralContainers", UnsupportedFields::given),
          new Rule("hostUsers", node -> node.isBoolean() && !node.asBoolean()),
          new Rule("runtimeClassName", UnsupportedFields::given),
          new Rule("resourceClaims", UnsupportedFields::given),
          new Rule("resources", UnsupportedFields::given),
          new Rule("os.name", node -> node.asText().equals("windows")),
          new Rule("securityContext.windowsOptions", UnsupportedFields::given),
          new Rule("securityContext.seccompProfile.type", UnsupportedFields::isLocalhost));

  private static final List<Rule> OF_CONTAINER =
      List.of(
          new Rule("volumeDevices", UnsupportedFields::given),
          new Rule("restartPolicyRules", UnsupportedFields::given),
          new Rule("livenessProbe.grpc", UnsupportedFields::given),
          new Rule("readinessProbe.grpc", UnsupportedFields::given),
          new Rule("startupProbe.grpc", UnsupportedFields::given),
          new Rule("resources.claims", UnsupportedFields::given),
          new Rule("securityContext.procMount", node -> node.asText().equals("Unmasked")),
          new Rule("securityContext.windowsOptions", UnsupportedFields::given),
          new Rule("securityContext.seccompProfile.type", UnsupportedFields::isLocalhost),
          new Rule("resources.limits", UnsupportedFields::asksForOtherResources));

  private UnsupportedFields() {}

  /** The fields that keep the pod from running, in words; empty when there are none. */
  static Optional<String> of(JsonNode pod) {
    var fields = new ArrayList<String>();
    check(OF_SPEC, pod.path("spec"), "spec", fields);
    for (var list : List.of("initContainers", "containers")) {
      int index = 0;
      for (var container : pod.path("spec").path(list)) {
        var at = "spec." + list + "[" + index++ + "]";
        check(OF_CONTAINER, container, at, fields);
        checkMounts(container, at, fields);
      }
    }
    return fields.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", fields));
  }

  private static void check(List<Rule> rules, JsonNode node, String at, List<String> fields) {
    for (var rule : rules) {
      if (rule.asksFor.test(node.at(rule.at))) {
        fields.add(at + "." + rule.field);
      }
    }
  }

  private static void checkMounts(JsonNode container, String at, List<String> fields) {
    for (var mount : container.path("volumeMounts")) {
      if (mount.path("recursiveReadOnly").asText().equals("Enabled")) {
        fields.add(at + ".volumeMounts.recursiveReadOnly");
      }
    }
    for (var variable : container.path("env")) {
      if (variable.path("valueFrom").has("fileKeyRef")) {
        fields.add(at + ".env.valueFrom.fileKeyRef");
      }
    }
  }

  private static boolean given(JsonNode node) {
    return node.isContainerNode() ? !node.isEmpty() : !node.asText("").isEmpty();
  }

  private static boolean isLocalhost(JsonNode type) {
    return type.asText().equals("Localhost");
  }

  /** Devices and huge pages; cpu, memory and disk are every container's. */
  private static boolean asksForOtherResources(JsonNode limits) {
    for (var limit : limits.properties()) {
      if (!List.of("cpu", "memory", "ephemeral-storage").contains(limit.getKey())) {
        return true;
      }
    }
    return false;
  }
}
