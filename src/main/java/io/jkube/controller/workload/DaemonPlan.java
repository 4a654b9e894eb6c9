package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.controller.runtime.IntOrPercent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which pods a DaemonSet needs and which are to go. Pure. Source: "Perform a Rolling Update on a
 * DaemonSet" in Kubernetes' documentation.
 *
 * @param create the nodes that need a pod
 * @param delete the pods that are to go
 */
record DaemonPlan(List<String> create, List<ObjectNode> delete) {
  /**
   * A DaemonSet at one moment.
   *
   * @param verdicts of all nodes, in their order
   * @param pods the set's, by the node they are for
   * @param hash tells the pods of the present template
   */
  record Look(
      ObjectNode set,
      Map<String, DaemonFit.Verdict> verdicts,
      Map<String, List<ObjectNode>> pods,
      String hash,
      Instant now) {

    List<ObjectNode> on(String node) {
      return pods.getOrDefault(node, List.of());
    }

    boolean isUpdated(JsonNode pod) {
      return pod.path("metadata")
          .path("labels")
          .path(RevisionHistory.POD_LABEL)
          .asText()
          .equals(hash);
    }

    boolean isAvailable(ObjectNode pod) {
      return PodState.isAvailable(pod, set.path("spec").path("minReadySeconds").asInt(), now);
    }

    int maxSurge() {
      return part("maxSurge");
    }

    /** At least one where no surge is allowed: or nothing could ever move. */
    int maxUnavailable() {
      int unavailable = part("maxUnavailable");
      return unavailable == 0 && maxSurge() == 0 ? 1 : unavailable;
    }

    private int part(String field) {
      var strategy = set.path("spec").path("updateStrategy");
      if (!strategy.path("type").asText().equals("RollingUpdate")) {
        return 0;
      }
      int wanted = (int) verdicts.values().stream().filter(DaemonFit.Verdict.RUN::equals).count();
      return IntOrPercent.of(strategy.path("rollingUpdate").path(field), wanted, true);
    }

    /** The pods of a node that nobody has deleted, by whether they are of the present template. */
    private Pair alive(String node) {
      var pair = new Pair(new ArrayList<>(), new ArrayList<>());
      for (var pod : on(node)) {
        if (!PodState.isDeleting(pod)) {
          (isUpdated(pod) ? pair.updated : pair.old).add(pod);
        }
      }
      return pair;
    }
  }

  /** Of one node. */
  private record Pair(List<ObjectNode> updated, List<ObjectNode> old) {}

  private static DaemonPlan empty() {
    return new DaemonPlan(new ArrayList<>(), new ArrayList<>());
  }

  boolean isEmpty() {
    return create.isEmpty() && delete.isEmpty();
  }

  /** One pod on every node that is to have one; none that has ended, none elsewhere. */
  static DaemonPlan placement(Look look) {
    var plan = empty();
    look.verdicts()
        .forEach(
            (node, verdict) -> {
              var there = look.on(node);
              switch (verdict) {
                case RUN -> {
                  if (there.isEmpty()) {
                    plan.create.add(node);
                  }
                  plan.tidy(look, there);
                }
                case STAY -> plan.tidy(look, there);
                case LEAVE ->
                    there.stream()
                        .filter(pod -> !PodState.isDeleting(pod))
                        .forEach(plan.delete::add);
              }
            });
    look.pods()
        .forEach(
            (node, there) -> {
              if (!look.verdicts().containsKey(node)) {
                there.stream().filter(DaemonPlan::waitsForItsNode).forEach(plan.delete::add);
              }
            });
    return plan;
  }

  /** One that is bound to a node that is gone is left to the pod garbage collector. */
  private static boolean waitsForItsNode(ObjectNode pod) {
    return pod.path("spec").path("nodeName").asText().isEmpty() && !PodState.isDeleting(pod);
  }

  private void tidy(Look look, List<ObjectNode> there) {
    var running = new ArrayList<ObjectNode>();
    for (var pod : there) {
      if (PodState.isDeleting(pod)) {
        continue;
      }
      (PodState.hasEnded(pod) ? delete : running).add(pod);
    }
    if (look.maxSurge() == 0) {
      running.stream().skip(1).forEach(delete::add);
    } else {
      keepOneOfEach(look, running);
    }
  }

  /** The old one goes when the new one is available, or when it is of no use itself. */
  private void keepOneOfEach(Look look, List<ObjectNode> running) {
    ObjectNode updated = null;
    ObjectNode old = null;
    for (var pod : running) {
      if (look.isUpdated(pod) && updated == null) {
        updated = pod;
      } else if (!look.isUpdated(pod) && old == null) {
        old = pod;
      } else {
        delete.add(pod);
      }
    }
    if (updated != null && old != null && (!PodState.isReady(old) || look.isAvailable(updated))) {
      delete.add(old);
    }
  }

  /**
   * The next of the pods of an older template that give way; on a set where all pods are placed.
   */
  static DaemonPlan rollout(Look look) {
    return look.maxSurge() == 0 ? replaceInPlace(look) : surge(look);
  }

  private static DaemonPlan replaceInPlace(Look look) {
    var plan = empty();
    var candidates = new ArrayList<ObjectNode>();
    int unavailable = 0;
    for (var node : look.verdicts().keySet()) {
      var alive = look.alive(node);
      boolean wanted = look.verdicts().get(node) == DaemonFit.Verdict.RUN;
      if (alive.updated.size() + alive.old.size() != 1) {
        unavailable += wanted || !look.on(node).isEmpty() ? 1 : 0;
      } else if (alive.old.isEmpty()) {
        unavailable += look.isAvailable(alive.updated.getFirst()) ? 0 : 1;
      } else if (look.isAvailable(alive.old.getFirst())) {
        candidates.add(alive.old.getFirst());
      } else {
        plan.delete.add(alive.old.getFirst());
        unavailable++;
      }
    }
    candidates.stream()
        .limit(Math.max(0, look.maxUnavailable() - unavailable))
        .forEach(plan.delete::add);
    return plan;
  }

  private static DaemonPlan surge(Look look) {
    var plan = empty();
    var candidates = new ArrayList<String>();
    int surging = 0;
    for (var node : look.verdicts().keySet()) {
      var alive = look.alive(node);
      boolean wanted = look.verdicts().get(node) == DaemonFit.Verdict.RUN;
      if (alive.old.isEmpty()) {
        surging += alive.updated.isEmpty() && wanted ? 1 : 0;
      } else if (!alive.updated.isEmpty()) {
        surging++;
      } else if (!wanted) {
        continue;
      } else if (look.isAvailable(alive.old.getFirst())) {
        candidates.add(node);
      } else {
        plan.create.add(node);
        surging++;
      }
    }
    candidates.stream().limit(Math.max(0, look.maxSurge() - surging)).forEach(plan.create::add);
    return plan;
  }

  /** The verdicts of those nodes, in their order. */
  static Map<String, DaemonFit.Verdict> verdicts(ObjectNode set, List<ObjectNode> nodes) {
    var fit = DaemonFit.of(set);
    var verdicts = new LinkedHashMap<String, DaemonFit.Verdict>();
    nodes.forEach(node -> verdicts.put(node.path("metadata").path("name").asText(), fit.on(node)));
    return verdicts;
  }
}
