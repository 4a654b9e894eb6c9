package io.jkube.scheduler;

import io.jkube.scheduler.framework.PodInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which node is being made free for which pod. Pods of lower priority must not take the room
 * meanwhile. Thread-safe: every method holds the one lock for a moment.
 */
final class Nominations {
  private record Nomination(PodInfo pod, String node) {}

  private final Map<String, Nomination> byUid = new HashMap<>();

  synchronized void put(PodInfo pod, String node) {
    byUid.put(pod.uid(), new Nomination(pod, node));
  }

  synchronized void remove(String uid) {
    byUid.remove(uid);
  }

  /** The pods promised that node that are not less important than {@code pod}. */
  synchronized List<PodInfo> before(PodInfo pod, String node) {
    if (byUid.isEmpty()) {
      return List.of();
    }
    return promised(node).stream()
        .filter(other -> other.priority() >= pod.priority() && !other.uid().equals(pod.uid()))
        .toList();
  }

  /** The pods promised that node that have to look for another when {@code pod} gets it. */
  synchronized List<PodInfo> after(PodInfo pod, String node) {
    return promised(node).stream().filter(other -> other.priority() < pod.priority()).toList();
  }

  private List<PodInfo> promised(String node) {
    return byUid.values().stream()
        .filter(nomination -> nomination.node.equals(node))
        .map(Nomination::pod)
        .toList();
  }
}
