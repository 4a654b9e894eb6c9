package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.controller.runtime.Conditions;
import java.util.OptionalInt;

/** What a Job asks for. Source: "Jobs" in Kubernetes' documentation. */
record JobSpec(JsonNode spec) {
  static final String INDEX = "batch.kubernetes.io/job-completion-index";
  static final String FINALIZER = "batch.kubernetes.io/job-tracking";
  private static final String OWN_CONTROLLER = "kubernetes.io/job-controller";

  static JobSpec of(ObjectNode job) {
    return new JobSpec(job.path("spec"));
  }

  static boolean isFinished(ObjectNode job) {
    return Conditions.status(job, "Complete").equals("True")
        || Conditions.status(job, "Failed").equals("True");
  }

  /** Whether somebody else looks after the Job. */
  boolean isManagedByOthers() {
    var manager = spec.path("managedBy").asText();
    return !manager.isEmpty() && !manager.equals(OWN_CONTROLLER);
  }

  int parallelism() {
    return spec.path("parallelism").asInt(1);
  }

  /** Nothing: the first success ends the Job. */
  OptionalInt completions() {
    return number("completions");
  }

  int backoffLimit() {
    return spec.path("backoffLimit").asInt(6);
  }

  OptionalInt backoffLimitPerIndex() {
    return number("backoffLimitPerIndex");
  }

  OptionalInt maxFailedIndexes() {
    return number("maxFailedIndexes");
  }

  OptionalInt activeDeadlineSeconds() {
    return number("activeDeadlineSeconds");
  }

  OptionalInt ttlSecondsAfterFinished() {
    return number("ttlSecondsAfterFinished");
  }

  boolean isIndexed() {
    return spec.path("completionMode").asText().equals("Indexed");
  }

  boolean isSuspended() {
    return spec.path("suspend").asBoolean();
  }

  /** Whether a pod on its way out is replaced only when it has failed. */
  boolean replacesOnlyFailed() {
    return spec.path("podReplacementPolicy").asText().equals("Failed")
        || spec.hasNonNull("podFailurePolicy") && !spec.hasNonNull("podReplacementPolicy");
  }

  boolean restartsInPlace() {
    return template().path("spec").path("restartPolicy").asText().equals("OnFailure");
  }

  JsonNode template() {
    return spec.path("template");
  }

  /** The index of a pod; -1 when it has none within the Job's completions. */
  int indexOf(JsonNode pod) {
    int index = pod.path("metadata").path("annotations").path(INDEX).asInt(-1);
    return index < completions().orElse(0) ? index : -1;
  }

  private OptionalInt number(String field) {
    return spec.hasNonNull(field) ? OptionalInt.of(spec.path(field).asInt()) : OptionalInt.empty();
  }
}
