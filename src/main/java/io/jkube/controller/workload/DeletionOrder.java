package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which pods go first when there are too many: those that do least yet. Source: "Scaling a
 * ReplicaSet" in Kubernetes' documentation.
 */
final class DeletionOrder {
  private static final String COST = "controller.kubernetes.io/pod-deletion-cost";

  private DeletionOrder() {}

  /**
   * @param related the active pods of all sets that serve the same purpose: of two alike, the one
   *     goes that has more of them beside it on its node
   */
  static List<ObjectNode> first(int count, List<ObjectNode> pods, List<ObjectNode> related) {
    var crowds = new HashMap<String, Integer>();
    related.forEach(pod -> crowds.merge(node(pod), 1, Integer::sum));
    var order = new ArrayList<>(pods);
    order.sort(comparator(crowds));
    return order.subList(0, Math.min(count, order.size()));
  }

  private static Comparator<ObjectNode> comparator(Map<String, Integer> crowds) {
    return Comparator.<ObjectNode, Boolean>comparing(pod -> !node(pod).isEmpty())
        .thenComparing(DeletionOrder::phaseRank)
        .thenComparing(PodState::isReady)
        .thenComparing(DeletionOrder::cost)
        .thenComparing(pod -> -crowds.getOrDefault(node(pod), 0))
        .thenComparing(
            pod -> PodState.readySince(pod).orElse(Instant.MAX), Comparator.reverseOrder())
        .thenComparing(pod -> -PodState.restarts(pod))
        .thenComparing(
            pod -> pod.path("metadata").path("creationTimestamp").asText(),
            Comparator.reverseOrder());
  }

  private static String node(ObjectNode pod) {
    return pod.path("spec").path("nodeName").asText();
  }

  private static int phaseRank(ObjectNode pod) {
    return switch (PodState.phase(pod)) {
      case "Running" -> 2;
      case "Unknown" -> 1;
      default -> 0;
    };
  }

  private static int cost(ObjectNode pod) {
    var cost = pod.path("metadata").path("annotations").path(COST).asText();
    try {
      return Integer.parseInt(cost);
    } catch (NumberFormatException none) {
      return 0;
    }
  }
}
