package io.jkube.scheduler.framework;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All nodes at one moment, in the order of their names.
 *
 * @param withAffinity the nodes that have pods with rules about other pods
 * @param namespaceLabels the labels of each namespace, by its name
 */
public record NodeSnapshot(
    List<NodeInfo> nodes,
    List<NodeInfo> withAffinity,
    Map<String, Map<String, String>> namespaceLabels) {
  public static final NodeSnapshot NONE = of(List.of(), Map.of());

  public NodeSnapshot {
    nodes = List.copyOf(nodes);
    withAffinity = List.copyOf(withAffinity);
    namespaceLabels = Map.copyOf(namespaceLabels);
  }

  public static NodeSnapshot of(
      List<NodeInfo> nodes, Map<String, Map<String, String>> namespaceLabels) {
    var withAffinity = nodes.stream().filter(node -> !node.podsWithAffinity().isEmpty()).toList();
    return new NodeSnapshot(nodes, withAffinity, namespaceLabels);
  }

  public Optional<NodeInfo> node(String name) {
    return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
  }

  /** The same cluster, but that node is as given. */
  public NodeSnapshot with(NodeInfo changed) {
    var others = new ArrayList<NodeInfo>(nodes.size());
    for (var node : nodes) {
      others.add(node.name().equals(changed.name()) ? changed : node);
    }
    return of(others, namespaceLabels);
  }
}
