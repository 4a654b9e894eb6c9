package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.controller.runtime.IntOrPercent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the pods of a StatefulSet need next: the arithmetic of order, partition and unavailability.
 * Pure. Source: "Deployment and Scaling Guarantees" and "Update strategies" in Kubernetes'
 * documentation.
 *
 * @param create the ordinals to make pods of, in order
 * @param delete the pods to delete, in order
 */
record StatefulPlan(List<Integer> create, List<ObjectNode> delete) {

  /** A StatefulSet with its pods at one moment. */
  private static final class Look {
    private final JsonNode spec;
    private final Instant now;
    private final int start;
    private final int end;
    private final Map<Integer, ObjectNode> replicas = new TreeMap<>();
    private final List<ObjectNode> condemned = new ArrayList<>();
    private final StatefulPlan plan = new StatefulPlan(new ArrayList<>(), new ArrayList<>());

    Look(ObjectNode set, List<ObjectNode> pods, Instant now) {
      this.spec = set.path("spec");
      this.now = now;
      this.start = start(set);
      this.end = start + replicas(set);
      for (var pod : pods) {
        int ordinal = StatefulIdentity.ordinal(set, pod);
        if (ordinal >= start && ordinal < end) {
          replicas.put(ordinal, pod);
        } else {
          condemned.add(pod);
        }
      }
      condemned.sort(
          Comparator.comparingInt(pod -> -StatefulIdentity.ordinal(set, (ObjectNode) pod)));
    }

    boolean isOrdered() {
      return !spec.path("podManagementPolicy").asText().equals("Parallel");
    }

    boolean isAvailable(ObjectNode pod) {
      return StatefulStatus.isAvailable(pod, spec.path("minReadySeconds").asInt(), now)
          && !PodState.isDeleting(pod);
    }

    /** Whether the plan goes on to what comes after all wanted pods are there. */
    boolean fill() {
      for (int ordinal = start; ordinal < end; ordinal++) {
        var pod = replicas.get(ordinal);
        if (pod == null) {
          plan.create.add(ordinal);
        } else if (PodState.hasEnded(pod) && !PodState.isDeleting(pod)) {
          plan.delete.add(pod);
        } else if (isAvailable(pod)) {
          continue;
        }
        if (isOrdered()) {
          return false;
        }
      }
      return plan.isEmpty();
    }

    /** The highest ordinal goes first; in order, none while another one is not available. */
    boolean shrink() {
      var firstUnavailable =
          condemned.reversed().stream().filter(pod -> !isAvailable(pod)).findFirst().orElse(null);
      for (var pod : condemned) {
        if (PodState.isDeleting(pod)) {
          if (isOrdered()) {
            return false;
          }
          continue;
        }
        if (isOrdered()) {
          if (isAvailable(pod) || pod == firstUnavailable) {
            plan.delete.add(pod);
          }
          return false;
        }
        plan.delete.add(pod);
      }
      return plan.isEmpty();
    }

    /**
     * Pods of an older template go, the highest ordinal first. One that is of no use costs nothing.
     */
    void replace(String updateRevision) {
      int room =
          maxUnavailable()
              - (int) replicas.values().stream().filter(pod -> !isAvailable(pod)).count();
      var rollout = spec.path("updateStrategy").path("rollingUpdate");
      int last = start + rollout.path("partition").asInt();
      for (int ordinal = end - 1; ordinal >= last; ordinal--) {
        var pod = replicas.get(ordinal);
        if (PodState.isDeleting(pod) || StatefulStatus.revision(pod).equals(updateRevision)) {
          continue;
        }
        if (isAvailable(pod) && room-- <= 0) {
          continue;
        }
        plan.delete.add(pod);
      }
    }

    private int maxUnavailable() {
      var value = spec.path("updateStrategy").path("rollingUpdate").path("maxUnavailable");
      return Math.max(1, IntOrPercent.of(value, end - start, false));
    }
  }

  static StatefulPlan of(
      ObjectNode set, List<ObjectNode> pods, String updateRevision, Instant now) {
    var look = new Look(set, pods, now);
    boolean onDelete = set.at("/spec/updateStrategy/type").asText().equals("OnDelete");
    if (!PodState.isDeleting(set) && look.fill() && look.shrink() && !onDelete) {
      look.replace(updateRevision);
    }
    return look.plan;
  }

  static int start(JsonNode set) {
    return set.path("spec").path("ordinals").path("start").asInt();
  }

  static int replicas(JsonNode set) {
    return set.path("spec").path("replicas").asInt(1);
  }

  /** Whether a pod of that ordinal is beyond those that the set wants. */
  static boolean isSurplus(JsonNode set, int ordinal) {
    return ordinal < start(set) || ordinal >= start(set) + replicas(set);
  }

  /** Whether a new pod of that ordinal is still of the template before the update. */
  static boolean isBeforePartition(JsonNode set, int ordinal) {
    var strategy = set.path("spec").path("updateStrategy");
    return strategy.path("type").asText().equals("RollingUpdate")
        && ordinal < start(set) + strategy.path("rollingUpdate").path("partition").asInt();
  }

  boolean isEmpty() {
    return create.isEmpty() && delete.isEmpty();
  }
}
