package io.jkube.scheduler.framework;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.LabelSelector;
import java.util.HashSet;
import java.util.Set;

/**
 * How many pods of a group may be disturbed now, read out of a PodDisruptionBudget.
 *
 * @param disrupted names of pods whose disturbance is counted in {@code allowed} already
 */
public record DisruptionBudget(
    String namespace, LabelSelector selector, int allowed, Set<String> disrupted) {
  public DisruptionBudget {
    disrupted = Set.copyOf(disrupted);
  }

  public static DisruptionBudget of(ObjectNode budget) {
    var disrupted = new HashSet<String>();
    budget.path("status").path("disruptedPods").fieldNames().forEachRemaining(disrupted::add);
    return new DisruptionBudget(
        budget.path("metadata").path("namespace").asText(),
        LabelSelector.of(budget.path("spec").get("selector")),
        budget.path("status").path("disruptionsAllowed").asInt(),
        disrupted);
  }

  /** An empty selector guards no pod here, other than elsewhere. */
  public boolean guards(PodInfo pod) {
    return namespace.equals(pod.key().namespace())
        && !selector.isEverything()
        && selector.matches(pod.labels())
        && !disrupted.contains(pod.key().name());
  }
}
