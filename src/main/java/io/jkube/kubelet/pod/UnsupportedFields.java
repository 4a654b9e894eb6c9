package io.jkube.kubelet.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.kubelet.runtime.ContainerRuntime.Ability;
import io.jkube.kubelet.runtime.ContainerRuntime.EngineInfo;
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
          new Rule("resourceClaims", UnsupportedFields::given),
          new Rule("os.name", node -> node.asText().equals("windows")),
          new Rule("securityContext.windowsOptions", UnsupportedFields::given));

  private static final List<Rule> OF_CONTAINER =
      List.of(
          new Rule("resources.claims", UnsupportedFields::given),
          new Rule("securityContext.windowsOptions", UnsupportedFields::given),
          new Rule("resources.limits", UnsupportedFields::asksForHugePages));

  private UnsupportedFields() {}

  /** The fields that keep the pod from running, in words; empty when there are none. */
  static Optional<String> of(JsonNode pod, EngineInfo engine) {
    var fields = new ArrayList<String>();
    check(OF_SPEC, pod.path("spec"), "spec", fields);
    if (!pod.at("/spec/hostUsers").asBoolean(true) && !engine.can(Ability.USER_NAMESPACES)) {
      fields.add("spec.hostUsers (the engine gives no user namespaces: dockerd --userns-remap)");
    }
    for (var list : List.of("initContainers", "containers")) {
      int index = 0;
      for (var container : pod.path("spec").path(list)) {
        fields.addAll(ofContainer(container, "spec." + list + "[" + index++ + "]", engine));
      }
    }
    return fields.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", fields));
  }

  /** The fields that keep one container from running. */
  static List<String> ofContainer(JsonNode container, String at, EngineInfo engine) {
    var fields = new ArrayList<String>();
    check(OF_CONTAINER, container, at, fields);
    checkMounts(container, at, engine, fields);
    return fields;
  }

  private static void check(List<Rule> rules, JsonNode node, String at, List<String> fields) {
    for (var rule : rules) {
      if (rule.asksFor.test(node.at(rule.at))) {
        fields.add(at + "." + rule.field);
      }
    }
  }

  private static void checkMounts(
      JsonNode container, String at, EngineInfo engine, List<String> fields) {
    if (engine.can(Ability.RECURSIVE_READ_ONLY)) {
      return;
    }
    for (var mount : container.path("volumeMounts")) {
      if (mount.path("recursiveReadOnly").asText().equals("Enabled")) {
        fields.add(at + ".volumeMounts.recursiveReadOnly (it needs Docker 29)");
      }
    }
  }

  private static boolean given(JsonNode node) {
    return node.isContainerNode() ? !node.isEmpty() : !node.asText("").isEmpty();
  }

  /** The engine has no limit for them. */
  private static boolean asksForHugePages(JsonNode limits) {
    return limits.propertyStream().anyMatch(limit -> limit.getKey().startsWith("hugepages-"));
  }
}
