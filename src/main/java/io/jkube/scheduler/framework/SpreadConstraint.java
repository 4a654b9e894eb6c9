package io.jkube.scheduler.framework;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How evenly pods are to lie over the values of a label of the nodes. Source: "Pod Topology Spread
 * Constraints" in Kubernetes' documentation.
 *
 * @param maxSkew by how many pods more than the emptiest domain one may have
 * @param hard whether a node that breaks it is out of question, or only worse
 * @param selector the pods that count, in the namespace of the pod that has the constraint
 * @param minDomains with fewer domains than this, the emptiest counts as having no pod
 * @param honorAffinity whether nodes that the pod's node affinity excludes count for nothing
 * @param honorTaints likewise, nodes with taints that it does not tolerate
 */
public record SpreadConstraint(
    int maxSkew,
    String topologyKey,
    boolean hard,
    LabelSelector selector,
    int minDomains,
    boolean honorAffinity,
    boolean honorTaints) {

  static List<SpreadConstraint> listOf(JsonNode spec, Map<String, String> ownLabels) {
    var list = new ArrayList<SpreadConstraint>();
    for (var constraint : spec.path("topologySpreadConstraints")) {
      list.add(
          new SpreadConstraint(
              constraint.path("maxSkew").asInt(1),
              constraint.path("topologyKey").asText(),
              !constraint.path("whenUnsatisfiable").asText().equals("ScheduleAnyway"),
              PodAffinityTerm.selector(constraint, ownLabels),
              constraint.path("minDomains").asInt(1),
              !constraint.path("nodeAffinityPolicy").asText().equals("Ignore"),
              constraint.path("nodeTaintsPolicy").asText().equals("Honor")));
    }
    return List.copyOf(list);
  }

  /** Whether the pods of that node, and the node as a domain, count. */
  public boolean counts(PodInfo pod, NodeInfo node) {
    return (!honorAffinity || pod.mayRunOn(node))
        && (!honorTaints
            || node.taints().stream()
                .noneMatch(taint -> taint.forbidsScheduling() && !pod.tolerates(taint)));
  }

  /** How many pods of the node count. */
  public int count(PodInfo pod, NodeInfo node) {
    int count = 0;
    for (var other : node.pods()) {
      if (!other.isBeingDeleted()
          && other.key().namespace().equals(pod.key().namespace())
          && selector.matches(other.labels())) {
        count++;
      }
    }
    return count;
  }
}
