package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.ObjectReference;
import io.jkube.controller.runtime.Conditions;
import io.jkube.controller.runtime.ControllerRef;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The Jobs of a CronJob: how the next one looks, and which are kept. Pure. */
final class CronJobs {
  /** For which time a Job was started. */
  static final String SCHEDULED_AT = "batch.kubernetes.io/cronjob-scheduled-timestamp";

  private CronJobs() {}

  /** One start, one name: two Jobs for the same minute cannot be. */
  static String jobName(JsonNode cronJob, Instant start) {
    return name(cronJob) + "-" + ChronoUnit.MINUTES.between(Instant.EPOCH, start);
  }

  static ObjectNode newJob(ObjectNode cronJob, Instant start, ZoneId zone) {
    var template = cronJob.path("spec").path("jobTemplate");
    var job = Json.object().put("apiVersion", "batch/v1").put("kind", "Job");
    var metadata = job.putObject("metadata");
    metadata.put("name", jobName(cronJob, start));
    metadata.put("namespace", cronJob.path("metadata").path("namespace").asText());
    for (var field : new String[] {"labels", "annotations"}) {
      var value = template.path("metadata").get(field);
      if (value != null) {
        metadata.set(field, value.deepCopy());
      }
    }
    metadata
        .withObject("annotations")
        .put(SCHEDULED_AT, DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(start.atZone(zone)));
    metadata.putArray("ownerReferences").add(ControllerRef.to(CronJobController.KIND, cronJob));
    job.set("spec", template.path("spec").deepCopy());
    return job;
  }

  /** How a CronJob's status names one of its Jobs. */
  static ObjectNode reference(ObjectNode job) {
    return ObjectReference.to("batch/v1", "Job", job).tree();
  }

  /** The oldest of those that are over, beyond the numbers that the CronJob keeps. */
  static List<ObjectNode> beyondHistory(ObjectNode cronJob, List<ObjectNode> jobs) {
    var spec = cronJob.path("spec");
    var successful = jobs.stream().filter(CronJobs::hasSucceeded).toList();
    var failed =
        jobs.stream().filter(JobSpec::isFinished).filter(job -> !hasSucceeded(job)).toList();
    var beyond = new ArrayList<>(oldest(successful, spec.path("successfulJobsHistoryLimit")));
    beyond.addAll(oldest(failed, spec.path("failedJobsHistoryLimit")));
    return beyond;
  }

  private static List<ObjectNode> oldest(List<ObjectNode> jobs, JsonNode limit) {
    if (!limit.isNumber()) {
      return List.of();
    }
    return jobs.stream()
        .sorted(
            Comparator.<ObjectNode, String>comparing(
                    job -> job.path("status").path("startTime").asText("~"))
                .thenComparing(CronJobs::name))
        .limit(Math.max(0, jobs.size() - limit.asInt()))
        .toList();
  }

  static boolean hasSucceeded(ObjectNode job) {
    return Conditions.status(job, "Complete").equals("True");
  }

  static String name(JsonNode object) {
    return object.path("metadata").path("name").asText();
  }

  static String uid(JsonNode object) {
    return object.path("metadata").path("uid").asText();
  }
}
