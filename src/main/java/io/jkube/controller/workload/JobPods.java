package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A Job's pods, by what became of them.
 *
 * @param active neither ended nor being deleted
 * @param ending being deleted, and running still
 */
record JobPods(
    List<ObjectNode> active,
    List<ObjectNode> ending,
    List<ObjectNode> succeeded,
    List<ObjectNode> failed) {

  static JobPods of(List<ObjectNode> pods, JobSpec spec) {
    var sorted =
        new JobPods(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (var pod : pods) {
      sorted.add(pod, spec);
    }
    return sorted;
  }

  private void add(ObjectNode pod, JobSpec spec) {
    boolean deleting = PodState.isDeleting(pod);
    if (PodState.phase(pod).equals("Succeeded")) {
      succeeded.add(pod);
    } else if (PodState.phase(pod).equals("Failed") || deleting && !spec.replacesOnlyFailed()) {
      failed.add(pod);
    } else if (!deleting) {
      active.add(pod);
    }
    if (deleting && !PodState.hasEnded(pod)) {
      ending.add(pod);
    }
  }

  long ready() {
    return active.stream().filter(PodState::isReady).count();
  }

  static boolean isTracked(JsonNode pod) {
    for (var finalizer : pod.path("metadata").path("finalizers")) {
      if (finalizer.asText().equals(JobSpec.FINALIZER)) {
        return true;
      }
    }
    return false;
  }

  static String uid(JsonNode pod) {
    return pod.path("metadata").path("uid").asText();
  }

  /** When the last of its containers ended, or it was deleted. */
  static Instant endOf(JsonNode pod) {
    var latest = pod.path("metadata").path("deletionTimestamp").asText("");
    for (var container : pod.path("status").path("containerStatuses")) {
      var finished = container.path("state").path("terminated").path("finishedAt").asText();
      latest = finished.compareTo(latest) > 0 ? finished : latest;
    }
    return latest.isEmpty()
        ? Instant.parse(pod.path("metadata").path("creationTimestamp").asText())
        : Instant.parse(latest);
  }
}
