package io.jkube.scheduler.framework;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A node with the pods on it and what they ask for together. Immutable: a pod more or less is
 * another NodeInfo, so whoever holds one sees the node at one moment.
 *
 * @param allocatable what its pods may have together
 * @param pods bound to it or assumed to be
 * @param requested what {@code pods} ask for together
 * @param scoringRequested likewise, with the defaults of scoring
 */
public record NodeInfo(
    String name,
    Map<String, String> labels,
    List<Taint> taints,
    boolean unschedulable,
    Amounts allocatable,
    List<PodInfo> pods,
    Amounts requested,
    Amounts scoringRequested) {

  /** A node without pods. */
  public static NodeInfo of(ObjectNode node) {
    var spec = node.path("spec");
    var taints = new ArrayList<Taint>();
    spec.path("taints").forEach(taint -> taints.add(Taint.of(taint)));
    return new NodeInfo(
        node.path("metadata").path("name").asText(),
        labels(node.path("metadata").path("labels")),
        List.copyOf(taints),
        spec.path("unschedulable").asBoolean(),
        Amounts.of(node.path("status").path("allocatable")),
        List.of(),
        Amounts.NONE,
        Amounts.NONE);
  }

  public NodeInfo plus(PodInfo pod) {
    var more = new ArrayList<PodInfo>(pods.size() + 1);
    more.addAll(pods);
    more.add(pod);
    return with(more, requested.plus(pod.requests()), scoringRequested.plus(pod.scoringRequests()));
  }

  /** Without the pod of that uid; the same when it is not there. */
  public NodeInfo minus(String uid) {
    for (int i = 0; i < pods.size(); i++) {
      var pod = pods.get(i);
      if (pod.uid().equals(uid)) {
        var fewer = new ArrayList<>(pods);
        fewer.remove(i);
        return with(
            fewer, requested.minus(pod.requests()), scoringRequested.minus(pod.scoringRequests()));
      }
    }
    return this;
  }

  /** The node as its object says now, with the pods of this one. */
  public NodeInfo withPodsOf(NodeInfo before) {
    return with(before.pods, before.requested, before.scoringRequested);
  }

  private NodeInfo with(List<PodInfo> nowPods, Amounts nowRequested, Amounts nowScoring) {
    return new NodeInfo(
        name, labels, taints, unschedulable, allocatable, nowPods, nowRequested, nowScoring);
  }

  private static Map<String, String> labels(JsonNode labels) {
    var map = new HashMap<String, String>();
    labels.properties().forEach(label -> map.put(label.getKey(), label.getValue().asText()));
    return Map.copyOf(map);
  }
}
