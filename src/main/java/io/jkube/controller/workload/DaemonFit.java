package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.placement.NodeAffinityRules;
import io.jkube.api.placement.Taint;
import io.jkube.api.placement.Toleration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the pods of a DaemonSet belong. Source: "How Daemon Pods are scheduled" in Kubernetes'
 * documentation.
 *
 * @param nodeName the only node that the template names; empty for any
 */
record DaemonFit(String nodeName, NodeAffinityRules rules, List<Toleration> tolerations) {
  /** What a node means for the pods of the set. */
  enum Verdict {
    /** There is to be one. */
    RUN,
    /** None is made, but one that is there stays. */
    STAY,
    /** There is to be none. */
    LEAVE
  }

  static DaemonFit of(ObjectNode set) {
    var spec = set.path("spec").path("template").path("spec");
    var tolerations = new ArrayList<Toleration>();
    spec.path("tolerations").forEach(each -> tolerations.add(Toleration.of(each)));
    DaemonPods.addedTolerations(spec).forEach(each -> tolerations.add(Toleration.of(each)));
    return new DaemonFit(
        spec.path("nodeName").asText(), NodeAffinityRules.of(spec), List.copyOf(tolerations));
  }

  Verdict on(ObjectNode node) {
    var name = node.path("metadata").path("name").asText();
    boolean meant = nodeName.isEmpty() || nodeName.equals(name);
    if (!meant || !rules.allow(name, labels(node))) {
      return Verdict.LEAVE;
    }
    var verdict = Verdict.RUN;
    for (var each : node.path("spec").path("taints")) {
      var taint = Taint.of(each);
      if (taint.forbidsScheduling() && !tolerates(taint)) {
        if (taint.effect().equals(Taint.NO_EXECUTE)) {
          return Verdict.LEAVE;
        }
        verdict = Verdict.STAY;
      }
    }
    return verdict;
  }

  private boolean tolerates(Taint taint) {
    return tolerations.stream().anyMatch(toleration -> toleration.tolerates(taint));
  }

  private static Map<String, String> labels(JsonNode node) {
    var labels = new HashMap<String, String>();
    node.path("metadata")
        .path("labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    return labels;
  }
}
