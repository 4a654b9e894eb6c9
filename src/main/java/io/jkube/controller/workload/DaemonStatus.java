package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;

/** The status of a DaemonSet: a node counts by the oldest pod that it has of the set. */
final class DaemonStatus {
  private int desired;
  private int current;
  private int misscheduled;
  private int ready;
  private int available;
  private int updated;

  private DaemonStatus() {}

  /**
   * @param collisions how often the name of a revision was found taken
   */
  static ObjectNode of(DaemonPlan.Look look, int collisions) {
    var counts = new DaemonStatus();
    look.verdicts().forEach((node, verdict) -> counts.add(look, node, verdict));
    return counts.write(look.set(), collisions);
  }

  private void add(DaemonPlan.Look look, String node, DaemonFit.Verdict verdict) {
    var there = look.on(node);
    if (verdict != DaemonFit.Verdict.RUN) {
      misscheduled += there.isEmpty() ? 0 : 1;
      return;
    }
    desired++;
    if (there.isEmpty()) {
      return;
    }
    var pod = there.getFirst();
    current++;
    ready += PodState.isReady(pod) ? 1 : 0;
    available += look.isAvailable(pod) ? 1 : 0;
    updated += look.isUpdated(pod) ? 1 : 0;
  }

  private ObjectNode write(ObjectNode set, int collisions) {
    var status = set.path("status") instanceof ObjectNode old ? old.deepCopy() : Json.object();
    status.put("currentNumberScheduled", current);
    status.put("numberMisscheduled", misscheduled);
    status.put("desiredNumberScheduled", desired);
    status.put("numberReady", ready);
    status.put("observedGeneration", set.path("metadata").path("generation").asInt());
    Counts.put(status, "updatedNumberScheduled", updated);
    Counts.put(status, "numberAvailable", available);
    Counts.put(status, "numberUnavailable", desired - available);
    Counts.put(status, "collisionCount", collisions);
    return status;
  }
}
