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

  private static final String NOT_AVAILABLE = "0/%d nodes are available: %s.";

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
    return rejection != null && rejection.verdict.isFinal();
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
      if (rejection.verdict instanceof Verdict.Nowhere nowhere) {
        return NOT_AVAILABLE.formatted(byNode.size(), nowhere.reason()) + ending(postFilter);
      }
      rejection.verdict.reasons().forEach(reason -> counts.merge(reason, 1, Integer::sum));
    }
    return message(byNode.size(), counts) + ending(postFilter);
  }

  private static String ending(String postFilter) {
    return postFilter.isEmpty() ? "" : " " + postFilter;
  }

  /** The same sentence for any count of reasons; upstream sorts the counted reasons as text. */
  public static String message(int nodes, Map<String, Integer> counts) {
    var reasons = new TreeSet<String>();
    counts.forEach((reason, count) -> reasons.add(count + " " + reason));
    return NOT_AVAILABLE.formatted(nodes, String.join(", ", reasons));
  }
}
