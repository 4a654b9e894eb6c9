package io.jkube.scheduler.framework;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.placement.Taint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A node with the pods on it and what they ask for together. Immutable: a pod more or less is
 * another NodeInfo, so whoever holds one sees the node at one moment.
 *
 * @param allocatable what its pods may have together
 * @param imageBytes the images that lie there and their sizes, by each of their names
 * @param pods bound to it or assumed to be
 * @param podsWithAffinity those of {@code pods} that have rules about other pods
 * @param requested what {@code pods} ask for together
 * @param scoringRequested likewise, with the defaults of scoring
 */
public record NodeInfo(
    String name,
    Map<String, String> labels,
    List<Taint> taints,
    boolean unschedulable,
    Amounts allocatable,
    Map<String, Long> imageBytes,
    List<PodInfo> pods,
    List<PodInfo> podsWithAffinity,
    Amounts requested,
    Amounts scoringRequested) {

  /** A node without pods. */
  public static NodeInfo of(ObjectNode node) {
    var spec = node.path("spec");
    var taints = new ArrayList<Taint>();
    spec.path("taints").forEach(taint -> taints.add(Taint.of(taint)));
    return new NodeInfo(
        node.path("metadata").path("name").asText(),
        PodInfo.labels(node.path("metadata").path("labels")),
        List.copyOf(taints),
        spec.path("unschedulable").asBoolean(),
        Amounts.of(node.path("status").path("allocatable")),
        imageBytes(node.path("status").path("images")),
        List.of(),
        List.of(),
        Amounts.NONE,
        Amounts.NONE);
  }

  public NodeInfo plus(PodInfo pod) {
    return with(
        appended(pods, pod),
        pod.affinity().isEmpty() ? podsWithAffinity : appended(podsWithAffinity, pod),
        requested.plus(pod.requests()),
        scoringRequested.plus(pod.scoringRequests()));
  }

  /** Without the pod of that uid; the same when it is not there. */
  public NodeInfo minus(String uid) {
    for (var pod : pods) {
      if (pod.uid().equals(uid)) {
        return with(
            without(pods, pod),
            pod.affinity().isEmpty() ? podsWithAffinity : without(podsWithAffinity, pod),
            requested.minus(pod.requests()),
            scoringRequested.minus(pod.scoringRequests()));
      }
    }
    return this;
  }

  /** The node as its object says now, with the pods of this one. */
  public NodeInfo withPodsOf(NodeInfo before) {
    return with(before.pods, before.podsWithAffinity, before.requested, before.scoringRequested);
  }

  private NodeInfo with(
      List<PodInfo> nowPods,
      List<PodInfo> nowWithAffinity,
      Amounts nowRequested,
      Amounts nowScoring) {
    return new NodeInfo(
        name,
        labels,
        taints,
        unschedulable,
        allocatable,
        imageBytes,
        nowPods,
        nowWithAffinity,
        nowRequested,
        nowScoring);
  }

  private static List<PodInfo> appended(List<PodInfo> pods, PodInfo pod) {
    var more = new ArrayList<PodInfo>(pods.size() + 1);
    more.addAll(pods);
    more.add(pod);
    return more;
  }

  private static List<PodInfo> without(List<PodInfo> pods, PodInfo pod) {
    var fewer = new ArrayList<>(pods);
    fewer.remove(pod);
    return fewer;
  }

  private static Map<String, Long> imageBytes(JsonNode images) {
    var sizes = new HashMap<String, Long>();
    for (var image : images) {
      long size = image.path("sizeBytes").asLong();
      image.path("names").forEach(name -> sizes.put(name.asText(), size));
    }
    return Map.copyOf(sizes);
  }
}
