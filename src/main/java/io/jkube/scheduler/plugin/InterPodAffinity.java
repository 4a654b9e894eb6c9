package io.jkube.scheduler.plugin;

import io.jkube.scheduler.framework.ClusterEvent;
import io.jkube.scheduler.framework.FilterPlugin;
import io.jkube.scheduler.framework.NodeFilter;
import io.jkube.scheduler.framework.NodeInfo;
import io.jkube.scheduler.framework.NodeScore;
import io.jkube.scheduler.framework.NodeSnapshot;
import io.jkube.scheduler.framework.PodAffinityTerm;
import io.jkube.scheduler.framework.PodInfo;
import io.jkube.scheduler.framework.ScorePlugin;
import io.jkube.scheduler.framework.TopologyDomain;
import io.jkube.scheduler.framework.Verdict;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Pods near to, or far from, other pods, as either of them demands or prefers. */
public final class InterPodAffinity implements FilterPlugin, ScorePlugin {
  private static final int WEIGHT = 2;

  /** What it counts that a pod already there demands the new one near. */
  private static final int WEIGHT_OF_DEMAND = 1;

  @Override
  public String name() {
    return "InterPodAffinity";
  }

  @Override
  public Set<ClusterEvent> retryOn() {
    return Set.of(
        ClusterEvent.NODE_ADDED,
        ClusterEvent.NODE_LABELS_CHANGED,
        ClusterEvent.ASSIGNED_POD_ADDED,
        ClusterEvent.ASSIGNED_POD_CHANGED,
        ClusterEvent.ASSIGNED_POD_GONE,
        ClusterEvent.POD_CHANGED);
  }

  @Override
  public NodeFilter prepare(PodInfo pod, NodeSnapshot nodes) {
    var rules = pod.affinity();
    var closed = closedTo(pod, nodes);
    if (closed.isEmpty() && rules.required().isEmpty() && rules.forbidden().isEmpty()) {
      return NodeFilter.NOTHING_AGAINST;
    }
    var near = matchingAll(pod, nodes);
    var far = matchingAny(rules.forbidden(), nodes);
    boolean firstOfItsKind =
        near.isEmpty() && rules.required().stream().allMatch(term -> term.matches(pod, nodes));
    return node -> {
      if (!isNear(rules.required(), node, near, firstOfItsKind)) {
        return Verdict.unresolvable("node(s) didn't match pod affinity rules");
      }
      if (rules.forbidden().stream().anyMatch(term -> isIn(far, term.topologyKey(), node))) {
        return Verdict.unschedulable("node(s) didn't match pod anti-affinity rules");
      }
      if (closed.stream().anyMatch(domain -> contains(domain, node))) {
        return Verdict.unschedulable("node(s) didn't satisfy existing pods anti-affinity rules");
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
    var wishes = pod.affinity().preferred();
    var weights = new HashMap<TopologyDomain, Long>();
    for (var node : wishes.isEmpty() ? nodes.withAffinity() : nodes.nodes()) {
      for (var other : node.pods()) {
        wishes.forEach(
            wish -> {
              if (wish.term().matches(other, nodes)) {
                add(weights, wish.term(), node, wish.weight());
              }
            });
        addWishesOf(other, pod, node, nodes, weights);
      }
    }
    return weights.isEmpty() ? Optional.empty() : Optional.of(node -> sum(weights, node));
  }

  @Override
  public void normalize(long[] scores) {
    ScorePlugin.spreadOut(scores);
  }

  /** The domains that pods there keep free of pods like this one. */
  private static Set<TopologyDomain> closedTo(PodInfo pod, NodeSnapshot nodes) {
    var closed = new HashSet<TopologyDomain>();
    for (var node : nodes.withAffinity()) {
      for (var other : node.podsWithAffinity()) {
        for (var term : other.affinity().forbidden()) {
          if (term.matches(pod, nodes)) {
            add(closed, term, node);
          }
        }
      }
    }
    return closed;
  }

  /** The domains with a pod that all terms of the pod's affinity speak of. */
  private static Set<TopologyDomain> matchingAll(PodInfo pod, NodeSnapshot nodes) {
    var terms = pod.affinity().required();
    var domains = new HashSet<TopologyDomain>();
    if (terms.isEmpty()) {
      return domains;
    }
    for (var node : nodes.nodes()) {
      if (node.pods().stream()
          .anyMatch(other -> terms.stream().allMatch(term -> term.matches(other, nodes)))) {
        terms.forEach(term -> add(domains, term, node));
      }
    }
    return domains;
  }

  private static Set<TopologyDomain> matchingAny(List<PodAffinityTerm> terms, NodeSnapshot nodes) {
    var domains = new HashSet<TopologyDomain>();
    for (var term : terms) {
      for (var node : nodes.nodes()) {
        if (node.pods().stream().anyMatch(other -> term.matches(other, nodes))) {
          add(domains, term, node);
        }
      }
    }
    return domains;
  }

  /** The first of a group that wants to be together may begin anywhere the labels are. */
  private static boolean isNear(
      List<PodAffinityTerm> terms, NodeInfo node, Set<TopologyDomain> near, boolean first) {
    for (var term : terms) {
      boolean labelled = node.labels().containsKey(term.topologyKey());
      if (!labelled || !first && !isIn(near, term.topologyKey(), node)) {
        return false;
      }
    }
    return true;
  }

  private static void addWishesOf(
      PodInfo other,
      PodInfo pod,
      NodeInfo node,
      NodeSnapshot nodes,
      Map<TopologyDomain, Long> weights) {
    for (var demand : other.affinity().required()) {
      if (demand.matches(pod, nodes)) {
        add(weights, demand, node, WEIGHT_OF_DEMAND);
      }
    }
    for (var wish : other.affinity().preferred()) {
      if (wish.term().matches(pod, nodes)) {
        add(weights, wish.term(), node, wish.weight());
      }
    }
  }

  private static long sum(Map<TopologyDomain, Long> weights, NodeInfo node) {
    long sum = 0;
    for (var entry : weights.entrySet()) {
      if (contains(entry.getKey(), node)) {
        sum += entry.getValue();
      }
    }
    return sum;
  }

  private static void add(
      Map<TopologyDomain, Long> weights, PodAffinityTerm term, NodeInfo node, int weight) {
    var domain = TopologyDomain.of(term.topologyKey(), node);
    if (domain != null) {
      weights.merge(domain, (long) weight, Long::sum);
    }
  }

  private static void add(Set<TopologyDomain> domains, PodAffinityTerm term, NodeInfo node) {
    var domain = TopologyDomain.of(term.topologyKey(), node);
    if (domain != null) {
      domains.add(domain);
    }
  }

  private static boolean isIn(Set<TopologyDomain> domains, String key, NodeInfo node) {
    var domain = TopologyDomain.of(key, node);
    return domain != null && domains.contains(domain);
  }

  private static boolean contains(TopologyDomain domain, NodeInfo node) {
    return domain.value().equals(node.labels().get(domain.key()));
  }
}
