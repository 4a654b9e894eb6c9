package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The status of a CronJob while it is brought up to date: what runs, and what ran last. */
final class CronJobStatus {
  private final ObjectNode status;

  private CronJobStatus(ObjectNode status) {
    this.status = status;
  }

  static CronJobStatus of(ObjectNode cronJob) {
    return new CronJobStatus(
        cronJob.path("status") instanceof ObjectNode status ? status.deepCopy() : Json.object());
  }

  ObjectNode tree() {
    return status;
  }

  /** References to the Jobs that run, as last known. */
  List<JsonNode> active() {
    var active = new ArrayList<JsonNode>();
    status.path("active").forEach(active::add);
    return active;
  }

  boolean isActive(String uid) {
    return active().stream().anyMatch(job -> job.path("uid").asText().equals(uid));
  }

  boolean isActiveByName(String name) {
    return active().stream().anyMatch(job -> job.path("name").asText().equals(name));
  }

  void begin(ObjectNode job) {
    if (!isActive(CronJobs.uid(job))) {
      status.withArray("active").add(CronJobs.reference(job));
    }
  }

  void end(String uid) {
    var left = Json.array();
    active().stream().filter(job -> !job.path("uid").asText().equals(uid)).forEach(left::add);
    if (left.isEmpty()) {
      status.remove("active");
    } else {
      status.set("active", left);
    }
  }

  Optional<Instant> lastSchedule() {
    return time("lastScheduleTime");
  }

  void scheduled(Instant start) {
    status.put("lastScheduleTime", Timestamps.seconds(start));
  }

  /** The latest end of a Job that succeeded. */
  void noteSuccess(ObjectNode job) {
    var end = job.path("status").path("completionTime").asText();
    boolean later =
        time("lastSuccessfulTime")
            .filter(known -> end.isEmpty() || !Instant.parse(end).isAfter(known))
            .isEmpty();
    if (later && !end.isEmpty()) {
      status.put("lastSuccessfulTime", end);
    }
  }

  private Optional<Instant> time(String field) {
    return status.hasNonNull(field)
        ? Optional.of(Instant.parse(status.path(field).asText()))
        : Optional.empty();
  }
}
