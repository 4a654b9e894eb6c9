package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.Timestamps;
import io.jkube.controller.runtime.Conditions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** The status of a Deployment, and how its rollout goes. */
final class DeploymentStatus {
  private static final String AVAILABLE = "Available";
  private static final String PROGRESSING = "Progressing";
  private static final String FAILURE = "ReplicaFailure";
  private static final String DONE = "NewReplicaSetAvailable";
  private static final String TIMED_OUT = "ProgressDeadlineExceeded";
  private static final String PAUSED = "DeploymentPaused";

  private final Rollout rollout;
  private final Instant now;
  private final JsonNode before;
  private final ObjectNode status;

  DeploymentStatus(Rollout rollout, Instant now) {
    this.rollout = rollout;
    this.now = now;
    this.before = rollout.deployment().path("status");
    this.status = before instanceof ObjectNode old ? old.deepCopy() : Json.object();
  }

  /** The counts and whether enough is available; with {@code rolling}, how it goes on, too. */
  ObjectNode compute(boolean rolling, int collisions) {
    count();
    if (collisions > 0) {
      status.put("collisionCount", collisions);
    }
    boolean enough =
        number(status, "availableReplicas") >= rollout.wanted() - rollout.maxUnavailable();
    set(
        AVAILABLE,
        enough ? "True" : "False",
        enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
        enough
            ? "Deployment has minimum availability."
            : "Deployment does not have minimum availability.");
    if (rolling) {
      tellProgress();
      tellFailure();
    }
    return status;
  }

  /** That the rollout begins with that set. */
  void found(String reason, String message) {
    if (hasDeadline()) {
      set(PROGRESSING, "True", reason, message);
    }
  }

  /** Notes that the Deployment was paused or goes on; nothing when that is known. */
  void notePause(boolean paused) {
    var reason = progressing().path("reason").asText();
    if (!hasDeadline() || reason.equals(TIMED_OUT)) {
      return;
    }
    if (paused && !reason.equals(PAUSED)) {
      set(PROGRESSING, "Unknown", PAUSED, "Deployment is paused");
    } else if (!paused && reason.equals(PAUSED)) {
      set(PROGRESSING, "Unknown", "DeploymentResumed", "Deployment is resumed");
    }
  }

  boolean isComplete() {
    int wanted = rollout.wanted();
    return number(status, "updatedReplicas") == wanted
        && number(status, "replicas") == wanted
        && number(status, "availableReplicas") == wanted;
  }

  /** How long until it has to be looked at whether the rollout is stuck. */
  Optional<Duration> untilDeadline() {
    var condition = progressing();
    if (!hasDeadline()
        || condition.isMissingNode()
        || List.of(DONE, TIMED_OUT).contains(condition.path("reason").asText())) {
      return Optional.empty();
    }
    return Optional.of(Duration.between(now, deadline(condition).plusSeconds(1)));
  }

  private void count() {
    status.put(
        "observedGeneration", rollout.deployment().path("metadata").path("generation").asInt());
    Counts.put(status, "replicas", sum(set -> number(set.path("status"), "replicas")));
    Counts.put(
        status,
        "updatedReplicas",
        rollout.current().map(set -> number(set.path("status"), "replicas")).orElse(0));
    Counts.put(status, "readyReplicas", sum(set -> number(set.path("status"), "readyReplicas")));
    int available = sum(Rollout::available);
    Counts.put(status, "availableReplicas", available);
    Counts.put(
        status, "unavailableReplicas", Math.max(0, Rollout.total(rollout.all()) - available));
    status.put(
        "terminatingReplicas", sum(set -> number(set.path("status"), "terminatingReplicas")));
  }

  private void tellProgress() {
    if (!hasDeadline()) {
      Conditions.remove(status, PROGRESSING);
      return;
    }
    boolean wasDone =
        progressing().path("reason").asText().equals(DONE)
            && number(status, "replicas") == number(status, "updatedReplicas");
    if (wasDone) {
      return;
    }
    var subject =
        rollout
            .current()
            .map(set -> "ReplicaSet \"" + Rollout.name(set) + "\"")
            .orElse("Deployment \"" + Rollout.name(rollout.deployment()) + "\"");
    if (isComplete()) {
      set(PROGRESSING, "True", DONE, subject + " has successfully progressed.");
    } else if (hasProgressed()) {
      Conditions.set(
              status,
              PROGRESSING,
              "True",
              "ReplicaSetUpdated",
              subject + " is progressing.",
              Timestamps.seconds(now))
          .put("lastUpdateTime", Timestamps.seconds(now));
    } else if (hasTimedOut()) {
      set(PROGRESSING, "False", TIMED_OUT, subject + " has timed out progressing.");
    }
  }

  private boolean hasProgressed() {
    return number(status, "updatedReplicas") > number(before, "updatedReplicas")
        || oldReplicas(status) < oldReplicas(before)
        || number(status, "readyReplicas") > number(before, "readyReplicas")
        || number(status, "availableReplicas") > number(before, "availableReplicas");
  }

  private boolean hasTimedOut() {
    var condition = progressing();
    var reason = condition.path("reason").asText();
    return !condition.isMissingNode()
        && !reason.equals(DONE)
        && (reason.equals(TIMED_OUT) || deadline(condition).isBefore(now));
  }

  private Instant deadline(JsonNode condition) {
    var since =
        condition.path("lastUpdateTime").asText(condition.path("lastTransitionTime").asText());
    return Instant.parse(since).plusSeconds(deadlineSeconds());
  }

  private int deadlineSeconds() {
    return rollout.deployment().path("spec").path("progressDeadlineSeconds").asInt();
  }

  private boolean hasDeadline() {
    return deadlineSeconds() > 0 && deadlineSeconds() != Integer.MAX_VALUE;
  }

  /** What keeps one of the sets from making pods, the current first. */
  private void tellFailure() {
    var sets = new ArrayList<>(rollout.old());
    rollout.current().ifPresent(sets::addFirst);
    for (var set : sets) {
      var failure = Conditions.find(set, FAILURE);
      if (failure.path("status").asText().equals("True")) {
        set(FAILURE, "True", failure.path("reason").asText(), failure.path("message").asText());
        return;
      }
    }
    Conditions.remove(status, FAILURE);
  }

  private JsonNode progressing() {
    return Conditions.in(status, PROGRESSING);
  }

  /** A condition that says the same already keeps its times. */
  private void set(String type, String value, String reason, String message) {
    var old = Conditions.in(status, type);
    if (old.path("status").asText().equals(value) && old.path("reason").asText().equals(reason)) {
      return;
    }
    var time = Timestamps.seconds(now);
    Conditions.set(status, type, value, reason, message, time).put("lastUpdateTime", time);
  }

  private int sum(ToIntFunction<ObjectNode> count) {
    return rollout.all().stream().mapToInt(count).sum();
  }

  private static int number(JsonNode status, String field) {
    return status.path(field).asInt();
  }

  private static int oldReplicas(JsonNode status) {
    return number(status, "replicas") - number(status, "updatedReplicas");
  }
}
