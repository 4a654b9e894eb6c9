package io.jkube.scheduler;

import io.jkube.scheduler.framework.NodeInfo;
import io.jkube.scheduler.framework.NodeSnapshot;
import io.jkube.scheduler.framework.PodInfo;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The nodes with their pods: what the informers told, and pods assumed to be bound. Thread-safe;
 * every method holds the one lock for a moment.
 */
final class ClusterState {
  private final Map<String, NodeInfo> nodes = new TreeMap<>();

  /** The same, in order: a cycle begins with a copy of it. Null when a node came or went. */
  private NodeInfo[] ordered;

  /** Where each node stands in {@link #ordered}. */
  private final Map<String, Integer> places = new HashMap<>();

  /** How many nodes have pods with rules about other pods; mostly none. */
  private int withAffinity;

  /** Null when anything changed since. */
  private NodeSnapshot snapshot;

  /** By uid: the pods that have a node or are assumed to, also of nodes not known (yet). */
  private final Map<String, PodInfo> pods = new HashMap<>();

  private final Set<String> assumed = new HashSet<>();

  /** Replaced as a whole: every cycle takes it, and it changes rarely. */
  private Map<String, Map<String, String>> namespaceLabels = Map.of();

  synchronized NodeSnapshot snapshot() {
    if (snapshot == null) {
      var all = List.of(ordered());
      snapshot =
          withAffinity == 0
              ? new NodeSnapshot(all, List.of(), namespaceLabels)
              : NodeSnapshot.of(all, namespaceLabels);
    }
    return snapshot;
  }

  synchronized Optional<NodeInfo> node(String name) {
    return Optional.ofNullable(nodes.get(name));
  }

  private NodeInfo[] ordered() {
    if (ordered == null) {
      ordered = nodes.values().toArray(NodeInfo[]::new);
      places.clear();
      for (int i = 0; i < ordered.length; i++) {
        places.put(ordered[i].name(), i);
      }
    }
    return ordered;
  }

  synchronized void setNamespace(String name, Map<String, String> labels) {
    var next = new HashMap<>(namespaceLabels);
    next.put(name, labels);
    namespaceLabels = Map.copyOf(next);
    snapshot = null;
  }

  synchronized void removeNamespace(String name) {
    var next = new HashMap<>(namespaceLabels);
    next.remove(name);
    namespaceLabels = Map.copyOf(next);
    snapshot = null;
  }

  synchronized void setNode(NodeInfo node) {
    var before = nodes.get(node.name());
    put(before == null ? withItsPods(node) : node.withPodsOf(before));
  }

  synchronized void removeNode(String name) {
    count(nodes.remove(name), -1);
    ordered = null;
    snapshot = null;
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
      change(before.nodeName(), node -> node.minus(uid));
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
      change(before.nodeName(), node -> node.minus(pod.uid()));
    }
    change(pod.nodeName(), node -> node.plus(pod));
  }

  private void change(String name, UnaryOperator<NodeInfo> how) {
    var node = nodes.get(name);
    if (node != null) {
      put(how.apply(node));
    }
  }

  private void put(NodeInfo node) {
    var before = nodes.put(node.name(), node);
    count(before, -1);
    count(node, 1);
    if (before == null) {
      ordered = null;
    } else if (ordered != null) {
      ordered[places.get(node.name())] = node;
    }
    snapshot = null;
  }

  private void count(NodeInfo node, int by) {
    if (node != null && !node.podsWithAffinity().isEmpty()) {
      withAffinity += by;
    }
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
