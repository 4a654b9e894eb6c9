package io.jkube.scheduler.plugin;

import io.jkube.scheduler.framework.DisruptionBudget;
import io.jkube.scheduler.framework.PodInfo;
import io.jkube.scheduler.framework.Preemption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The pods that would have to leave a node.
 *
 * @param pods the most important first
 * @param violations how many of them leave against a disruption budget
 */
record Victims(String node, List<PodInfo> pods, int violations)
    implements DefaultPreemption.Attempt {
  /** The higher priority, then who runs longer. */
  private static final Comparator<PodInfo> IMPORTANCE =
      Comparator.comparingInt(PodInfo::priority)
          .reversed()
          .thenComparing(PodInfo::startTime)
          .thenComparing(PodInfo::uid);

  /** Upstream's order: each next rule decides only between equals of the one before. */
  static final Comparator<Victims> LEAST_HARM =
      Comparator.comparingInt(Victims::violations)
          .thenComparingInt(Victims::highestPriority)
          .thenComparingLong(Victims::sumOfPriorities)
          .thenComparingInt(victims -> victims.pods.size())
          .thenComparing(Victims::startOfMostImportant, Comparator.reverseOrder());

  Victims {
    pods = List.copyOf(pods);
  }

  Preemption preemption() {
    return new Preemption(node, pods);
  }

  static List<PodInfo> mostImportantFirst(List<PodInfo> pods, Set<PodInfo> guarded) {
    var order = new ArrayList<>(pods);
    order.sort(
        Comparator.comparing((PodInfo pod) -> !guarded.contains(pod)).thenComparing(IMPORTANCE));
    return order;
  }

  /** The pods for whose disturbance no budget has anything left. */
  static Set<PodInfo> guarded(List<PodInfo> pods, List<DisruptionBudget> budgets) {
    var left = new HashMap<DisruptionBudget, Integer>();
    var guarded = new HashSet<PodInfo>();
    for (var pod : pods.stream().sorted(IMPORTANCE).toList()) {
      for (var budget : budgets) {
        if (budget.guards(pod)) {
          int now = left.merge(budget, budget.allowed() - 1, (before, first) -> before - 1);
          if (now < 0) {
            guarded.add(pod);
          }
        }
      }
    }
    return guarded;
  }

  private int highestPriority() {
    return pods.stream().mapToInt(PodInfo::priority).max().orElse(Integer.MIN_VALUE);
  }

  /** Shifted so that more pods never sum up to less, though priorities may be negative. */
  private long sumOfPriorities() {
    return pods.stream().mapToLong(pod -> pod.priority() - (long) Integer.MIN_VALUE).sum();
  }

  private String startOfMostImportant() {
    int highest = highestPriority();
    return pods.stream()
        .filter(pod -> pod.priority() == highest)
        .map(PodInfo::startTime)
        .min(Comparator.naturalOrder())
        .orElse("");
  }
}
