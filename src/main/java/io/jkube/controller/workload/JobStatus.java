package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.Timestamps;
import io.jkube.controller.runtime.Conditions;
import java.time.Instant;
import java.util.Optional;

/** The status of a Job: its counts, and the conditions of its end and its suspension. */
final class JobStatus {
  private JobStatus() {}

  /**
   * What to write: while pods of a Job that has ended are on their way out, only that it will be
   * over.
   */
  static ObjectNode of(
      ObjectNode job, JobPods there, JobLedger ledger, Optional<JobOutcome> outcome, Instant now) {
    var spec = JobSpec.of(job);
    var status = job.path("status") instanceof ObjectNode old ? old.deepCopy() : Json.object();
    ledger.write(status);
    boolean over = outcome.isPresent();
    Counts.put(status, "active", over || spec.isSuspended() ? 0 : there.active().size());
    int ending = there.ending().size() + (over || spec.isSuspended() ? there.active().size() : 0);
    status.put("terminating", ending);
    status.put("ready", over ? 0 : (int) there.ready());
    suspension(status, spec, now);
    if (!spec.isSuspended() && !status.hasNonNull("startTime")) {
      status.put("startTime", Timestamps.seconds(now));
    }
    outcome.ifPresent(end -> tell(status, end, ending == 0 && ledger.isSettled(), now));
    return status;
  }

  private static void tell(ObjectNode status, JobOutcome outcome, boolean over, Instant now) {
    var time = Timestamps.seconds(now);
    condition(status, outcome.announcement(), "True", outcome.reason(), outcome.message(), time);
    if (over) {
      condition(status, outcome.condition(), "True", outcome.reason(), outcome.message(), time);
      if (outcome.success()) {
        status.put("completionTime", time);
      }
    }
  }

  private static void suspension(ObjectNode status, JobSpec spec, Instant now) {
    var was = Conditions.in(status, "Suspended").path("status").asText();
    var time = Timestamps.seconds(now);
    if (spec.isSuspended() && !was.equals("True")) {
      condition(status, "Suspended", "True", "JobSuspended", "Job suspended", time);
      status.remove("startTime");
    } else if (!spec.isSuspended() && was.equals("True")) {
      condition(status, "Suspended", "False", "JobResumed", "Job resumed", time);
      status.put("startTime", time);
    }
  }

  private static void condition(
      ObjectNode status, String type, String value, String reason, String message, String time) {
    var before = Conditions.in(status, type).path("status").asText();
    var condition = Conditions.set(status, type, value, reason, message, time);
    if (!before.equals(value)) {
      condition.put("lastProbeTime", time);
    }
  }
}
