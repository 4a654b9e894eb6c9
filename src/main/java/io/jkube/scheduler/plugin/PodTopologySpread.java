package io.jkube.scheduler.plugin;

import io.jkube.scheduler.framework.ClusterEvent;
import io.jkube.scheduler.framework.FilterPlugin;
import io.jkube.scheduler.framework.NodeFilter;
import io.jkube.scheduler.framework.NodeInfo;
import io.jkube.scheduler.framework.NodeScore;
import io.jkube.scheduler.framework.NodeSnapshot;
import io.jkube.scheduler.framework.PodInfo;
import io.jkube.scheduler.framework.ScorePlugin;
import io.jkube.scheduler.framework.SpreadConstraint;
import io.jkube.scheduler.framework.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Pods evenly over hosts, zones or whatever a label of the nodes tells, as their {@code
 * topologySpreadConstraints} say. Knows no constraints but those of the pod.
 */
public final class PodTopologySpread implements FilterPlugin, ScorePlugin {
  private static final int WEIGHT = 2;
  private static final String MISMATCH = "node(s) didn't match pod topology spread constraints";

  /** One constraint and how many pods each domain has. */
  private record Spread(SpreadConstraint constraint, Map<String, Integer> counts, boolean self) {
    static Spread of(SpreadConstraint constraint, PodInfo pod, Collection<NodeInfo> nodes) {
      var counts = new HashMap<String, Integer>();
      for (var node : nodes) {
        if (constraint.counts(pod, node)) {
          var domain = node.labels().get(constraint.topologyKey());
          counts.merge(domain, constraint.count(pod, node), Integer::sum);
        }
      }
      return new Spread(constraint, counts, constraint.selector().matches(pod.labels()));
    }

    String domain(NodeInfo node) {
      return node.labels().get(constraint.topologyKey());
    }

    int count(NodeInfo node) {
      return counts.getOrDefault(domain(node), 0);
    }

    int fewest() {
      return counts.size() < constraint.minDomains()
          ? 0
          : counts.values().stream().mapToInt(Integer::intValue).min().orElse(0);
    }
  }

  @Override
  public String name() {
    return "PodTopologySpread";
  }

  @Override
  public Set<ClusterEvent> retryOn() {
    return Set.of(
        ClusterEvent.NODE_ADDED,
        ClusterEvent.NODE_REMOVED,
        ClusterEvent.NODE_LABELS_CHANGED,
        ClusterEvent.NODE_TAINTS_CHANGED,
        ClusterEvent.ASSIGNED_POD_ADDED,
        ClusterEvent.ASSIGNED_POD_CHANGED,
        ClusterEvent.ASSIGNED_POD_GONE,
        ClusterEvent.POD_CHANGED);
  }

  @Override
  public NodeFilter prepare(PodInfo pod, NodeSnapshot nodes) {
    var spreads = spreads(pod, true, nodes.nodes());
    if (spreads.isEmpty()) {
      return NodeFilter.NOTHING_AGAINST;
    }
    var fewest = spreads.stream().mapToInt(Spread::fewest).toArray();
    return node -> {
      for (int i = 0; i < fewest.length; i++) {
        var spread = spreads.get(i);
        if (spread.domain(node) == null) {
          return Verdict.unresolvable(MISMATCH + " (missing required label)");
        }
        int skew = spread.count(node) + (spread.self ? 1 : 0) - fewest[i];
        if (skew > spread.constraint.maxSkew()) {
          return Verdict.unschedulable(MISMATCH);
        }
      }
      return Verdict.FITS;
    };
  }

  @Override
  public int weight() {
    return WEIGHT;
  }

  @Override
  public Optional<NodeScore> prepare(PodInfo pod, NodeSnapshot nodes, List<NodeInfo> fitting) {
    var spreads = spreads(pod, false, nodes.nodes());
    return spreads.isEmpty() ? Optional.empty() : Optional.of(node -> crowd(spreads, node));
  }

  /** Fewer pods beside it is better; a node without the label is worst. */
  @Override
  public void normalize(long[] scores) {
    long most = 0;
    long fewest = Long.MAX_VALUE;
    for (long score : scores) {
      if (score != Long.MAX_VALUE) {
        most = Math.max(most, score);
        fewest = Math.min(fewest, score);
      }
    }
    for (int i = 0; i < scores.length; i++) {
      if (scores[i] == Long.MAX_VALUE) {
        scores[i] = 0;
      } else {
        scores[i] = most == 0 ? MAX_SCORE : MAX_SCORE * (most + fewest - scores[i]) / most;
      }
    }
  }

  /** The pods in the node's domains; a key with few domains counts for less than one with many. */
  private static long crowd(List<Spread> spreads, NodeInfo node) {
    double sum = 0;
    for (var spread : spreads) {
      if (spread.domain(node) == null) {
        return Long.MAX_VALUE;
      }
      sum += spread.count(node) * Math.log(spread.counts.size() + 2.0);
      sum += spread.constraint.maxSkew() - 1;
    }
    return Math.round(sum);
  }

  /** Only nodes that have the labels of all constraints count for any of them. */
  private static List<Spread> spreads(PodInfo pod, boolean hard, List<NodeInfo> nodes) {
    var constraints = pod.spread().stream().filter(one -> one.hard() == hard).toList();
    if (constraints.isEmpty()) {
      return List.of();
    }
    var labelled = new ArrayList<NodeInfo>();
    for (var node : nodes) {
      if (constraints.stream().allMatch(one -> node.labels().containsKey(one.topologyKey()))) {
        labelled.add(node);
      }
    }
    return constraints.stream().map(one -> Spread.of(one, pod, labelled)).toList();
  }
}
