package io.jkube.scheduler;

import io.jkube.scheduler.framework.NodeInfo;
import io.jkube.scheduler.framework.NodeSnapshot;
import io.jkube.scheduler.framework.PodInfo;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The nodes with their pods: what the informers told, and pods assumed to be bound. Thread-safe;
 * every method holds the one lock for a moment.
 */
final class ClusterState {
  private final Map<String, NodeInfo> nodes = new TreeMap<>();

  /** By uid: the pods that have a node or are assumed to, also of nodes not known (yet). */
  private final Map<String, PodInfo> pods = new HashMap<>();

  private final Set<String> assumed = new HashSet<>();

  /** Replaced as a whole: every cycle takes it, and it changes rarely. */
  private Map<String, Map<String, String>> namespaceLabels = Map.of();

  synchronized NodeSnapshot snapshot() {
    return NodeSnapshot.of(List.copyOf(nodes.values()), namespaceLabels);
  }

  synchronized void setNamespace(String name, Map<String, String> labels) {
    var next = new HashMap<>(namespaceLabels);
    next.put(name, labels);
    namespaceLabels = Map.copyOf(next);
  }

  synchronized void removeNamespace(String name) {
    var next = new HashMap<>(namespaceLabels);
    next.remove(name);
    namespaceLabels = Map.copyOf(next);
  }

  synchronized void setNode(NodeInfo node) {
    var before = nodes.get(node.name());
    nodes.put(node.name(), before == null ? withItsPods(node) : node.withPodsOf(before));
  }

  synchronized void removeNode(String name) {
    nodes.remove(name);
  }

  /** The pod has a node, as the server says. */
  synchronized void setPod(PodInfo pod) {
    assumed.remove(pod.uid());
    replace(pod);
  }

  synchronized void removePod(String uid) {
    assumed.remove(uid);
    var before = pods.remove(uid);
    if (before != null) {
      nodes.computeIfPresent(before.nodeName(), (name, node) -> node.minus(uid));
    }
  }

  /** Counts the pod on the node from now on, until {@link #setPod} or {@link #forget}. */
  synchronized void assume(PodInfo pod, String node) {
    assumed.add(pod.uid());
    replace(pod.assumedOn(node));
  }

  /** The binding failed; nothing when the server has told meanwhile that there is one. */
  synchronized void forget(String uid) {
    if (assumed.contains(uid)) {
      removePod(uid);
    }
  }

  /** Whether the pod has a node already, for sure or assumed. */
  synchronized boolean hasPod(String uid) {
    return pods.containsKey(uid);
  }

  private void replace(PodInfo pod) {
    var before = pods.put(pod.uid(), pod);
    if (before != null) {
      nodes.computeIfPresent(before.nodeName(), (name, node) -> node.minus(pod.uid()));
    }
    nodes.computeIfPresent(pod.nodeName(), (name, node) -> node.plus(pod));
  }

  private NodeInfo withItsPods(NodeInfo node) {
    var filled = node;
    for (var pod : pods.values()) {
      if (pod.nodeName().equals(node.name())) {
        filled = filled.plus(pod);
      }
    }
    return filled;
  }
}
