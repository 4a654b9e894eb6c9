package io.jkube.scheduler.framework;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Why a pod fits on none of the nodes. Filled by one scheduling cycle, then only read. */
public final class Diagnosis {
  /** A node that was refused, by which plugin and why. */
  public record Rejection(NodeInfo node, String plugin, Verdict verdict) {}

  private static final String NO_NODES = "no nodes available to schedule pods";

  private final Map<String, Rejection> byNode = new LinkedHashMap<>();

  public void reject(Rejection rejection) {
    byNode.put(rejection.node.name(), rejection);
  }

  public List<Rejection> rejections() {
    return List.copyOf(byNode.values());
  }

  /** Whether the pod cannot be on that node whatever pods leave it. */
  public boolean isUnresolvable(String node) {
    var rejection = byNode.get(node);
    return rejection != null && rejection.verdict instanceof Verdict.Unresolvable;
  }

  /** The plugins that refused a node. */
  public Set<String> plugins() {
    return byNode.values().stream()
        .map(Rejection::plugin)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * As upstream words it: {@code 0/3 nodes are available: 1 node(s) were unschedulable, 2
   * Insufficient cpu. <said by the PostFilter plugins>}.
   */
  public String message(String postFilter) {
    if (byNode.isEmpty()) {
      return NO_NODES;
    }
    var counts = new TreeMap<String, Integer>();
    for (var rejection : byNode.values()) {
      rejection.verdict.reasons().forEach(reason -> counts.merge(reason, 1, Integer::sum));
    }
    return message(byNode.size(), counts) + (postFilter.isEmpty() ? "" : " " + postFilter);
  }

  /** The same sentence for any count of reasons; upstream sorts the counted reasons as text. */
  public static String message(int nodes, Map<String, Integer> counts) {
    var reasons = new TreeSet<String>();
    counts.forEach((reason, count) -> reasons.add(count + " " + reason));
    return "0/" + nodes + " nodes are available: " + String.join(", ", reasons) + ".";
  }
}
