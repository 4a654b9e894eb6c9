package io.jkube.registry.batch;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.putIfAbsent;
import static io.jkube.registry.Tree.putIfEmpty;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.cron.CronSchedule;
import io.jkube.registry.StatusStrategy;
import io.jkube.registry.Violations;
import io.jkube.registry.pod.PodTemplate;
import io.jkube.registry.validation.Rules;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;

/** The hooks of CronJobs. */
final class CronJobStrategy implements StatusStrategy {
  private static final int SUCCESSFUL_JOBS_KEPT = 3;
  private static final int FAILED_JOBS_KEPT = 1;

  /** A label's 63, less the eleven characters that the names of its jobs add. */
  private static final int MAX_NAME_CHARACTERS = 52;

  private static final Pattern TIME_ZONE = Pattern.compile("[A-Za-z._-][A-Za-z0-9/+._-]*");

  @Override
  public void applyDefaults(ObjectNode cronJob) {
    var spec = child(cronJob, "spec");
    putIfEmpty(spec, "concurrencyPolicy", "Allow");
    putIfAbsent(spec, "suspend", false);
    putIfAbsent(spec, "successfulJobsHistoryLimit", SUCCESSFUL_JOBS_KEPT);
    putIfAbsent(spec, "failedJobsHistoryLimit", FAILED_JOBS_KEPT);
    PodTemplate.applyDefaults(spec.at("/jobTemplate/spec/template"));
  }

  @Override
  public void prepareForCreate(ObjectNode cronJob, Instant now) {
    cronJob.putObject("status");
  }

  @Override
  public void validate(ObjectNode cronJob, Violations violations) {
    var spec = cronJob.path("spec");
    var rules = new Rules(violations);
    if (rules.required(spec, "schedule", "spec")) {
      schedule(text(spec, "/schedule"), violations);
    }
    rules.notNegative(spec, "startingDeadlineSeconds", "spec");
    if (spec.has("timeZone")) {
      timeZone(spec.path("timeZone").asText(), violations);
    }
    rules.oneOf(spec, "concurrencyPolicy", "spec", List.of("Allow", "Forbid", "Replace"));
    jobTemplate(spec.at("/jobTemplate/spec"), violations);
    rules.notNegative(spec, "successfulJobsHistoryLimit", "spec");
    rules.notNegative(spec, "failedJobsHistoryLimit", "spec");
    var name = text(cronJob, "/metadata/name");
    if (name.length() > MAX_NAME_CHARACTERS) {
      violations.invalid("metadata.name", name, "must be no more than 52 characters");
    }
  }

  private static void schedule(String schedule, Violations violations) {
    try {
      CronSchedule.parse(schedule);
    } catch (CronSchedule.MalformedSchedule malformed) {
      violations.invalid("spec.schedule", schedule, malformed.getMessage());
    }
    if (schedule.contains("TZ")) {
      violations.invalid(
          "spec.schedule",
          schedule,
          "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
    }
  }

  private static void timeZone(String zone, Violations violations) {
    if (zone.isEmpty()) {
      violations.invalid("spec.timeZone", zone, "timeZone must be nil or non-empty string");
    } else if (zone.equalsIgnoreCase("Local")) {
      violations.invalid(
          "spec.timeZone",
          zone,
          "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
    } else if (!isKnown(zone)) {
      violations.invalid("spec.timeZone", zone, "unknown time zone " + zone);
    }
  }

  private static boolean isKnown(String zone) {
    try {
      return TIME_ZONE.matcher(zone).matches()
          && (ZoneId.getAvailableZoneIds().contains(zone) || ZoneId.of(zone).getId().equals("UTC"));
    } catch (DateTimeException unknown) {
      return false;
    }
  }

  private static void jobTemplate(JsonNode spec, Violations violations) {
    var at = "spec.jobTemplate.spec";
    JobValidation.validate(spec, at, violations);
    if (spec.hasNonNull("selector")) {
      violations.invalid(
          at + ".selector", spec.get("selector"), "`selector` will be auto-generated");
    }
    if (spec.path("manualSelector").asBoolean()) {
      violations.notSupported(at + ".manualSelector", "true", List.of("nil", "false"));
    }
  }
}
