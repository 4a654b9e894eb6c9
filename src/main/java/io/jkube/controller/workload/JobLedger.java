package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Counts the ended pods of a Job, each once, whatever is interrupted. A pod that has ended is
 * written down in the status, by its uid, before it loses the finalizer that keeps it there; only
 * when it is seen without it does its uid turn into a count, in one write. Source: "Job termination
 * and cleanup" in Kubernetes' documentation, and the field uncountedTerminatedPods.
 */
final class JobLedger {
  /** How many pods are written down at a time. */
  private static final int MOST_UNCOUNTED = 500;

  private static final String FAILURES = "batch.kubernetes.io/job-index-failure-count";

  private final JobSpec spec;
  private final JobFailurePolicy policy;
  private final Set<String> uncountedSucceeded;
  private final Set<String> uncountedFailed;
  private final IndexSet completed;
  private final IndexSet failedIndexes;
  private final List<ObjectNode> released = new ArrayList<>();
  private int succeeded;
  private int failed;
  private String failJob = "";

  private JobLedger(JobSpec spec, JsonNode status) {
    this.spec = spec;
    this.policy = JobFailurePolicy.of(spec);
    var uncounted = status.path("uncountedTerminatedPods");
    this.uncountedSucceeded = uids(uncounted.path("succeeded"));
    this.uncountedFailed = uids(uncounted.path("failed"));
    this.completed = IndexSet.parse(status.path("completedIndexes").asText());
    this.failedIndexes = IndexSet.parse(status.path("failedIndexes").asText());
    this.succeeded = status.path("succeeded").asInt();
    this.failed = status.path("failed").asInt();
  }

  /** The ledger of that status, brought up to what {@code pods} show. */
  static JobLedger of(JobSpec spec, JsonNode status, List<ObjectNode> all, JobPods pods) {
    var ledger = new JobLedger(spec, status);
    ledger.settle(all);
    pods.succeeded().stream().filter(JobPods::isTracked).forEach(ledger::noteSuccess);
    pods.failed().stream().filter(JobPods::isTracked).forEach(ledger::noteFailure);
    return ledger;
  }

  int succeeded() {
    return spec.isIndexed() ? completed.size() : succeeded + uncountedSucceeded.size();
  }

  int failed() {
    return failed + uncountedFailed.size();
  }

  IndexSet completed() {
    return completed;
  }

  IndexSet failedIndexes() {
    return failedIndexes;
  }

  /** Whether every pod that has ended is counted. */
  boolean isSettled() {
    return uncountedSucceeded.isEmpty() && uncountedFailed.isEmpty() && released.isEmpty();
  }

  /** The rule by which a failure fails the whole Job, in words. */
  Optional<String> failsJob() {
    return failJob.isEmpty() ? Optional.empty() : Optional.of(failJob);
  }

  /** The pods that may lose their finalizer as soon as the status is written. */
  List<ObjectNode> released() {
    return List.copyOf(released);
  }

  /** How many failures the next pod of an index begins with. */
  OptionalInt failuresBefore(int index, List<ObjectNode> failedPods) {
    if (spec.backoffLimitPerIndex().isEmpty()) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(
        failedPods.stream()
            .filter(pod -> spec.indexOf(pod) == index)
            .mapToInt(pod -> failures(pod) + (counts(pod) ? 1 : 0))
            .max()
            .orElse(0));
  }

  static void noteFailures(ObjectNode pod, int failures) {
    pod.withObject("metadata").withObject("annotations").put(FAILURES, Integer.toString(failures));
  }

  void write(ObjectNode status) {
    Counts.put(status, "succeeded", spec.isIndexed() ? completed.size() : succeeded);
    Counts.put(status, "failed", failed);
    put(status, "completedIndexes", completed);
    if (spec.backoffLimitPerIndex().isPresent()) {
      status.put("failedIndexes", failedIndexes.toString());
    }
    var uncounted = status.putObject("uncountedTerminatedPods");
    put(uncounted, "succeeded", uncountedSucceeded);
    put(uncounted, "failed", uncountedFailed);
  }

  private void settle(List<ObjectNode> all) {
    var tracked = new HashSet<String>();
    all.stream().filter(JobPods::isTracked).forEach(pod -> tracked.add(JobPods.uid(pod)));
    int before = uncountedSucceeded.size();
    uncountedSucceeded.retainAll(tracked);
    succeeded += before - uncountedSucceeded.size();
    before = uncountedFailed.size();
    uncountedFailed.retainAll(tracked);
    failed += before - uncountedFailed.size();
  }

  private void noteSuccess(ObjectNode pod) {
    if (spec.isIndexed()) {
      int index = spec.indexOf(pod);
      if (index >= 0) {
        completed.add(index);
      }
      released.add(pod);
    } else if (write(uncountedSucceeded, pod)) {
      released.add(pod);
    }
  }

  private void noteFailure(ObjectNode pod) {
    var decision = policy.decide(pod);
    switch (decision.action()) {
      case FAIL_JOB -> failJob = failJob.isEmpty() ? decision.message() : failJob;
      case FAIL_INDEX -> failIndex(pod);
      case COUNT -> {
        if (spec.backoffLimitPerIndex().isPresent()
            && failures(pod) >= spec.backoffLimitPerIndex().getAsInt()) {
          failIndex(pod);
        }
      }
      case IGNORE -> {}
    }
    if (decision.action() == JobFailurePolicy.Action.IGNORE || write(uncountedFailed, pod)) {
      released.add(pod);
    }
  }

  private void failIndex(ObjectNode pod) {
    int index = spec.indexOf(pod);
    if (index >= 0 && spec.backoffLimitPerIndex().isPresent()) {
      failedIndexes.add(index);
    }
  }

  private boolean counts(ObjectNode pod) {
    return policy.decide(pod).action() != JobFailurePolicy.Action.IGNORE;
  }

  private static int failures(JsonNode pod) {
    return pod.path("metadata").path("annotations").path(FAILURES).asInt();
  }

  private boolean write(Set<String> uncounted, ObjectNode pod) {
    var uid = JobPods.uid(pod);
    if (uncountedSucceeded.size() + uncountedFailed.size() >= MOST_UNCOUNTED) {
      return uncounted.contains(uid);
    }
    uncounted.add(uid);
    return true;
  }

  private static Set<String> uids(JsonNode list) {
    var uids = new LinkedHashSet<String>();
    list.forEach(uid -> uids.add(uid.asText()));
    return uids;
  }

  private static void put(ObjectNode status, String field, IndexSet indexes) {
    if (indexes.size() == 0) {
      status.remove(field);
    } else {
      status.put(field, indexes.toString());
    }
  }

  private static void put(ObjectNode uncounted, String field, Set<String> uids) {
    if (!uids.isEmpty()) {
      ArrayNode list = Json.array();
      uids.forEach(list::add);
      uncounted.set(field, list);
    }
  }
}
