package io.jkube.registry.batch;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.putIfAbsent;
import static io.jkube.registry.Tree.putIfEmpty;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.StatusStrategy;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import io.jkube.registry.pod.PodTemplate;
import io.jkube.registry.validation.Rules;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The hooks of Jobs. */
final class JobStrategy implements StatusStrategy {
  private static final int BACKOFF_LIMIT = 6;
  private static final String SUCCESSFUL_FIELD = "status.successful";
  private static final List<String> NAME_LABELS =
      List.of("batch.kubernetes.io/job-name", "job-name");
  private static final String UID_LABEL = "batch.kubernetes.io/controller-uid";
  private static final List<String> UID_LABELS = List.of(UID_LABEL, "controller-uid");

  @Override
  public void applyDefaults(ObjectNode job) {
    var spec = child(job, "spec");
    if (!spec.hasNonNull("parallelism")) {
      putIfAbsent(spec, "completions", 1);
      spec.put("parallelism", 1);
    }
    boolean perIndex = spec.hasNonNull("backoffLimitPerIndex");
    putIfAbsent(spec, "backoffLimit", perIndex ? Integer.MAX_VALUE : BACKOFF_LIMIT);
    putIfEmpty(spec, "completionMode", "NonIndexed");
    putIfAbsent(spec, "suspend", false);
    for (var rule : objects(spec, "/podFailurePolicy/rules")) {
      objects(rule, "/onPodConditions").forEach(each -> putIfEmpty(each, "status", "True"));
    }
    boolean hasPolicy = spec.hasNonNull("podFailurePolicy");
    putIfEmpty(spec, "podReplacementPolicy", hasPolicy ? "Failed" : "TerminatingOrFailed");
    PodTemplate.applyDefaults(spec.path("template"));
    labels(job);
  }

  /** A job without labels has those of its pods. */
  private static void labels(ObjectNode job) {
    if (job.at("/spec/template/metadata/labels") instanceof ObjectNode labels
        && !labels.isEmpty()
        && Tree.isEmpty(job.at("/metadata/labels"))) {
      child(job, "metadata").set("labels", labels.deepCopy());
    }
  }

  /** Gives the pods labels of their own, unless the client brings a selector. */
  @Override
  public void prepareForCreate(ObjectNode job, Instant now) {
    job.putObject("status");
    var spec = child(job, "spec");
    if (spec.path("manualSelector").asBoolean()) {
      return;
    }
    var uid = text(job, "/metadata/uid");
    var labels = child(child(child(spec, "template"), "metadata"), "labels");
    NAME_LABELS.forEach(label -> putIfMissing(labels, label, text(job, "/metadata/name")));
    UID_LABELS.forEach(label -> putIfMissing(labels, label, uid));
    putIfMissing(child(child(spec, "selector"), "matchLabels"), UID_LABEL, uid);
    labels(job);
  }

  private static void putIfMissing(ObjectNode labels, String label, String value) {
    if (!labels.has(label)) {
      labels.put(label, value);
    }
  }

  @Override
  public void validate(ObjectNode job, Violations violations) {
    generatedSelector(job, violations);
    JobValidation.validate(job.path("spec"), "spec", violations);
    JobValidation.selector(job.path("spec"), violations);
    JobValidation.hostNames(job, violations);
  }

  private static void generatedSelector(ObjectNode job, Violations violations) {
    if (job.at("/spec/manualSelector").asBoolean() || !job.at("/spec/selector").isObject()) {
      return;
    }
    var uid = text(job, "/metadata/uid");
    UID_LABELS.forEach(label -> hasLabel(job, label, uid, violations));
    NAME_LABELS.forEach(label -> hasLabel(job, label, text(job, "/metadata/name"), violations));
    var selector = job.at("/spec/selector");
    if (!selector.path("matchLabels").path(UID_LABEL).asText().equals(uid)
        && !selector.path("matchLabels").path("controller-uid").asText().equals(uid)) {
      violations.invalid("spec.selector", selector, "`selector` not auto-generated");
    }
  }

  private static void hasLabel(ObjectNode job, String label, String value, Violations violations) {
    var labels = job.at("/spec/template/metadata/labels");
    var at = "spec.template.labels[" + label + "]";
    if (!labels.has(label)) {
      violations.required(at, "must be '" + value + "'");
    } else if (!labels.path(label).asText().equals(value)) {
      violations.invalid(at, labels, "must be '" + value + "'");
    }
  }

  @Override
  public void validateUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
    JobValidation.update(updated, current, violations);
  }

  @Override
  public void validateStatusUpdate(ObjectNode updated, ObjectNode current, Violations violations) {
    var rules = new Rules(violations);
    for (var count : List.of("active", "succeeded", "failed", "ready", "terminating")) {
      rules.notNegative(updated.path("status"), count, "status");
    }
    var start = current.at("/status/startTime");
    boolean wasRunning = start.isTextual() && !current.at("/spec/suspend").asBoolean();
    if (wasRunning && !start.equals(updated.at("/status/startTime"))) {
      violations.required(
          "status.startTime", "startTime cannot be removed or changed for unsuspended job");
    }
  }

  @Override
  public Map<String, String> selectableFields(ObjectNode job) {
    return Map.of(SUCCESSFUL_FIELD, Integer.toString(job.at("/status/succeeded").asInt()));
  }

  @Override
  public Set<String> selectableFieldNames() {
    return Set.of(SUCCESSFUL_FIELD);
  }

  @Override
  public boolean orphansByDefault() {
    return true;
  }
}
