package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.controller.runtime.Conditions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How a Job has ended, or will as soon as its last pods are gone. */
record JobOutcome(boolean success, String reason, String message) {
  private static final String SUCCESS = "SuccessCriteriaMet";
  private static final String FAILURE = "FailureTarget";

  /** The condition that says that it is decided. */
  String announcement() {
    return success ? SUCCESS : FAILURE;
  }

  /** The condition that says that it is over. */
  String condition() {
    return success ? "Complete" : "Failed";
  }

  /** As decided before, else as the pods and the time say; empty while it goes on. */
  static Optional<JobOutcome> of(ObjectNode job, JobPods pods, JobLedger ledger, Instant now) {
    var spec = JobSpec.of(job);
    return announced(job, FAILURE, false)
        .or(() -> announced(job, SUCCESS, true))
        .or(() -> failure(job, spec, pods, ledger, now))
        .or(() -> success(spec, pods, ledger));
  }

  private static Optional<JobOutcome> announced(ObjectNode job, String type, boolean success) {
    var condition = Conditions.find(job, type);
    return condition.path("status").asText().equals("True")
        ? Optional.of(
            new JobOutcome(
                success, condition.path("reason").asText(), condition.path("message").asText()))
        : Optional.empty();
  }

  private static Optional<JobOutcome> failure(
      ObjectNode job, JobSpec spec, JobPods pods, JobLedger ledger, Instant now) {
    if (ledger.failsJob().isPresent()) {
      return failed("PodFailurePolicy", ledger.failsJob().get());
    }
    if (ledger.failed() > spec.backoffLimit() || restartedTooOften(spec, pods)) {
      return failed("BackoffLimitExceeded", "Job has reached the specified backoff limit");
    }
    if (deadline(job).filter(end -> !end.isAfter(now)).isPresent()) {
      return failed("DeadlineExceeded", "Job was active longer than specified deadline");
    }
    int failedIndexes = ledger.failedIndexes().size();
    if (failedIndexes > spec.maxFailedIndexes().orElse(Integer.MAX_VALUE)) {
      return failed(
          "MaxFailedIndexesExceeded",
          "Job has exceeded the specified maximal number of failed indexes");
    }
    if (failedIndexes > 0
        && failedIndexes + ledger.completed().size() >= spec.completions().orElse(0)) {
      return failed("FailedIndexes", "Job has failed indexes");
    }
    return Optional.empty();
  }

  private static Optional<JobOutcome> success(JobSpec spec, JobPods pods, JobLedger ledger) {
    var rules = spec.spec().path("successPolicy").path("rules");
    for (int i = 0; i < rules.size(); i++) {
      if (matches(rules.get(i), ledger)) {
        return Optional.of(new JobOutcome(true, "SuccessPolicy", "Matched rules at index " + i));
      }
    }
    int succeeded = ledger.succeeded();
    boolean reached =
        spec.completions().isPresent()
            ? succeeded >= spec.completions().getAsInt()
            : succeeded > 0 && pods.active().isEmpty() && pods.ending().isEmpty();
    return reached
        ? Optional.of(
            new JobOutcome(true, "CompletionsReached", "Reached expected number of succeeded pods"))
        : Optional.empty();
  }

  private static boolean matches(JsonNode rule, JobLedger ledger) {
    var completed = ledger.completed();
    if (!rule.hasNonNull("succeededIndexes")) {
      return completed.size() >= rule.path("succeededCount").asInt();
    }
    var wanted = IndexSet.parse(rule.path("succeededIndexes").asText());
    int needed = rule.path("succeededCount").asInt(wanted.size());
    return completed.sizeWithin(wanted) >= needed;
  }

  /** Pods that restart their containers themselves count by their restarts. */
  private static boolean restartedTooOften(JobSpec spec, JobPods pods) {
    if (!spec.restartsInPlace()) {
      return false;
    }
    int restarts = pods.active().stream().mapToInt(PodState::restarts).sum();
    return spec.backoffLimit() == 0 ? restarts > 0 : restarts >= spec.backoffLimit();
  }

  /** When its time is over; nothing while it has none, or is suspended. */
  static Optional<Instant> deadline(ObjectNode job) {
    var spec = JobSpec.of(job);
    var start = job.path("status").path("startTime").asText();
    return spec.activeDeadlineSeconds().isEmpty() || start.isEmpty() || spec.isSuspended()
        ? Optional.empty()
        : Optional.of(
            Instant.parse(start).plus(Duration.ofSeconds(spec.activeDeadlineSeconds().getAsInt())));
  }

  private static Optional<JobOutcome> failed(String reason, String message) {
    return Optional.of(new JobOutcome(false, reason, message));
  }
}
