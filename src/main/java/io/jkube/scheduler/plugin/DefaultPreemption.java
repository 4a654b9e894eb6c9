package io.jkube.scheduler.plugin;

import io.jkube.scheduler.framework.Diagnosis;
import io.jkube.scheduler.framework.DisruptionBudget;
import io.jkube.scheduler.framework.NodeInfo;
import io.jkube.scheduler.framework.NodeSnapshot;
import io.jkube.scheduler.framework.PodInfo;
import io.jkube.scheduler.framework.PostFilterPlugin;
import io.jkube.scheduler.framework.PostFilterResult;
import io.jkube.scheduler.framework.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Finds the node where the least harm makes room: pods of lower priority go, as few and as
 * unimportant ones as will do. Source: "Pod Priority and Preemption" in Kubernetes' documentation.
 */
public final class DefaultPreemption implements PostFilterPlugin {
  /** How many nodes to compare, at least, and as a share of all. */
  private static final int LEAST_CANDIDATES = 100;

  private static final double CANDIDATE_SHARE = 0.1;

  private final Supplier<List<DisruptionBudget>> budgets;

  /**
   * @param budgets as they are now; a victim beyond one of them is chosen only if there is no other
   */
  public DefaultPreemption(Supplier<List<DisruptionBudget>> budgets) {
    this.budgets = budgets;
  }

  @Override
  public String name() {
    return "DefaultPreemption";
  }

  @Override
  public PostFilterResult postFilter(
      PodInfo pod, NodeSnapshot nodes, Diagnosis diagnosis, WhatIf whatIf) {
    if (!pod.mayPreempt()) {
      return new PostFilterResult.Nothing(
          "preemption: not eligible due to preemptionPolicy=Never.");
    }
    if (roomIsBeingMade(pod, nodes, diagnosis)) {
      return new PostFilterResult.Wait(
          "preemption: not eligible due to a terminating pod on the nominated node.");
    }
    var candidates = new ArrayList<Victims>();
    var failures = new TreeMap<String, Integer>();
    int enough = Math.max(LEAST_CANDIDATES, (int) (nodes.nodes().size() * CANDIDATE_SHARE));
    for (var rejection : diagnosis.rejections()) {
      switch (attempt(pod, rejection, whatIf)) {
        case Victims victims -> candidates.add(victims);
        case Failure failure ->
            failure.reasons.forEach(reason -> failures.merge(reason, 1, Integer::sum));
      }
      if (candidates.size() >= enough) {
        break;
      }
    }
    return candidates.stream()
        .min(Victims.LEAST_HARM)
        .<PostFilterResult>map(best -> new PostFilterResult.MakeRoom(best.preemption()))
        .orElseGet(() -> nothing(diagnosis, failures));
  }

  private static PostFilterResult nothing(Diagnosis diagnosis, Map<String, Integer> failures) {
    return new PostFilterResult.Nothing(
        "preemption: " + Diagnosis.message(diagnosis.rejections().size(), failures));
  }

  /** Whether victims of this pod have not gone yet from a node that can still be its own. */
  private static boolean roomIsBeingMade(PodInfo pod, NodeSnapshot nodes, Diagnosis diagnosis) {
    var promised = pod.nominatedNodeName();
    if (promised.isEmpty() || diagnosis.isUnresolvable(promised)) {
      return false;
    }
    return nodes.node(promised).stream()
        .flatMap(node -> node.pods().stream())
        .anyMatch(other -> other.priority() < pod.priority() && other.isBeingPreempted());
  }

  /** What came of one node. */
  sealed interface Attempt permits Victims, Failure {}

  record Failure(List<String> reasons) implements Attempt {}

  private Attempt attempt(PodInfo pod, Diagnosis.Rejection rejection, WhatIf whatIf) {
    if (rejection.verdict().isFinal()) {
      return new Failure(List.of("Preemption is not helpful for scheduling"));
    }
    var node = rejection.node();
    var lower = node.pods().stream().filter(other -> other.priority() < pod.priority()).toList();
    if (lower.isEmpty()) {
      return new Failure(List.of("No preemption victims found for incoming pod"));
    }
    var left = node;
    for (var victim : lower) {
      left = left.minus(victim.uid());
    }
    var verdict = whatIf.onto(left);
    return verdict instanceof Verdict.Fits
        ? spare(left, lower, node.name(), whatIf)
        : new Failure(verdict.reasons());
  }

  /** Takes back onto the node whom it can, those first whom a budget guards. */
  private Victims spare(NodeInfo emptied, List<PodInfo> lower, String node, WhatIf whatIf) {
    var guarded = Victims.guarded(lower, budgets.get());
    var victims = new ArrayList<PodInfo>();
    int violations = 0;
    var left = emptied;
    for (var pod : Victims.mostImportantFirst(lower, guarded)) {
      var with = left.plus(pod);
      if (whatIf.onto(with) instanceof Verdict.Fits) {
        left = with;
      } else {
        victims.add(pod);
        violations += guarded.contains(pod) ? 1 : 0;
      }
    }
    return new Victims(node, victims, violations);
  }
}
