package io.jkube.apiserver.admission.podsecurity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A pod, or the template of one, as the rules look at it. */
record PodView(JsonNode annotations, JsonNode spec) {
  /**
   * @param pod with {@code metadata} and {@code spec}
   */
  static PodView of(JsonNode pod) {
    return new PodView(pod.path("metadata").path("annotations"), pod.path("spec"));
  }

  /** All kinds of containers: those of the start first. */
  List<JsonNode> containers() {
    var all = new ArrayList<JsonNode>();
    for (var list : List.of("initContainers", "containers", "ephemeralContainers")) {
      spec.path(list).forEach(all::add);
    }
    return all;
  }

  /** The names of the containers of which that holds. */
  List<String> containersThat(Predicate<JsonNode> rule) {
    return containers().stream().filter(rule).map(each -> each.path("name").asText()).toList();
  }

  /** The names of the containers of whose security context that holds. */
  List<String> containersSecured(Predicate<JsonNode> rule) {
    return containersThat(container -> rule.test(container.path("securityContext")));
  }

  /** The pod's own. */
  JsonNode securityContext() {
    return spec.path("securityContext");
  }

  boolean isWindows() {
    return spec.path("os").path("name").asText().equals("windows");
  }

  /** Whether root in the pod is nobody on the node. */
  boolean hasOwnUsers() {
    return !spec.path("hostUsers").asBoolean(true);
  }

  /** A missing field is no word at all, and so is null. */
  static JsonNode said(JsonNode context, String field) {
    return context.hasNonNull(field) ? context.get(field) : MissingNode.getInstance();
  }

  /** {@code pod}, {@code containers "a", "b"}, both or nothing. */
  static List<String> setters(boolean pod, List<String> containers) {
    var setters = new ArrayList<String>();
    if (pod) {
      setters.add("pod");
    }
    if (!containers.isEmpty()) {
      setters.add(Finding.containers(containers));
    }
    return setters;
  }
}
