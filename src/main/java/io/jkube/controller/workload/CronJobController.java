package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.ObjectReference;
import io.jkube.api.StatusReason;
import io.jkube.api.cron.CronSchedule;
import io.jkube.client.ApiClient;
import io.jkube.client.DeleteOptions;
import io.jkube.client.EventRecorder;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.controller.runtime.ControllerRef;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.Reconciler;
import io.jkube.controller.runtime.Result;
import io.jkube.controller.runtime.SharedInformers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Starts a Job whenever the schedule of a CronJob says so, as its concurrency policy allows. When
 * that is, is {@link CronTimes}' to say. A Job's name tells the minute it is for, so that a look
 * taken twice starts nothing twice.
 */
public final class CronJobController implements Reconciler {
  public static final String NAME = "cronjob-controller";

  static final GroupVersionKind KIND = new GroupVersionKind("batch", "v1", "CronJob");

  private static final GroupVersionResource CRON_JOBS =
      new GroupVersionResource("batch", "v1", "cronjobs");
  private static final GroupVersionResource JOBS = new GroupVersionResource("batch", "v1", "jobs");
  private static final int WORKERS = 5;

  /** So that a look comes surely after the time, not a moment before. */
  private static final Duration AFTER_START = Duration.ofMillis(100);

  private static final DateTimeFormatter RFC_1123 =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT);

  private final ApiClient client;
  private final InstantSource clock;
  private final EventRecorder events;
  private final Informer<ObjectNode> cronJobs;
  private final Informer<ObjectNode> jobs;
  private final LastWrites writes = new LastWrites();

  private CronJobController(ApiClient client, SharedInformers informers, InstantSource clock) {
    this.client = client;
    this.clock = clock;
    this.events = new EventRecorder(client, clock, NAME, "");
    this.cronJobs = informers.of(CRON_JOBS);
    this.jobs = informers.of(JOBS);
  }

  public static ControllerRunner runner(
      ApiClient client, SharedInformers informers, InstantSource clock) {
    var controller = new CronJobController(client, informers, clock);
    var runner = new ControllerRunner(NAME, controller, WORKERS, clock);
    return runner
        .owns(controller.events)
        .follow(controller.cronJobs, ChangedOwners.of(runner))
        .follow(
            controller.jobs,
            ObjectHandler.onEvery((key, job) -> owner(key, job).ifPresent(runner::enqueue)));
  }

  private static Optional<ObjectKey> owner(ObjectKey job, ObjectNode tree) {
    return ControllerRef.of(tree)
        .filter(ref -> ref.path("kind").asText().equals(KIND.kind()))
        .map(ref -> new ObjectKey(job.namespace(), ref.path("name").asText()));
  }

  @Override
  public Result reconcile(ObjectKey key) {
    var found = cronJobs.get(key);
    if (found.isEmpty()) {
      writes.forget(key);
      return Result.done();
    }
    var cronJob = found.get();
    if (writes.areNewerThan(cronJob)) {
      return Result.done();
    }
    var status = CronJobStatus.of(cronJob);
    var mine = jobs.byIndex(SharedInformers.BY_CONTROLLER, CronJobs.uid(cronJob));
    compare(cronJob, status, mine);
    CronJobs.beyondHistory(cronJob, mine).forEach(job -> delete(cronJob, status, job));
    boolean rests =
        PodState.isDeleting(cronJob) || cronJob.path("spec").path("suspend").asBoolean();
    var times = rests ? Optional.<CronTimes>empty() : times(cronJob);
    var now = clock.instant();
    times.ifPresent(each -> startIfDue(cronJob, status, each, now));
    write(cronJob, status);
    return times
        .flatMap(each -> each.next(now))
        .map(start -> Result.after(Duration.between(now, start).plus(AFTER_START)))
        .orElse(Result.done());
  }

  private void write(ObjectNode cronJob, CronJobStatus status) {
    if (!status.tree().equals(cronJob.path("status"))) {
      var next = cronJob.deepCopy();
      next.set("status", status.tree());
      writes.note(client.updateStatus(CRON_JOBS, next));
    }
  }

  /** Notes which Jobs have ended, are gone, or run though the status does not know them. */
  private void compare(ObjectNode cronJob, CronJobStatus status, List<ObjectNode> mine) {
    for (var job : mine) {
      boolean known = status.isActive(CronJobs.uid(job));
      boolean finished = JobSpec.isFinished(job);
      if (known && finished) {
        status.end(CronJobs.uid(job));
        var condition = CronJobs.hasSucceeded(job) ? "Complete" : "Failed";
        tell(
            cronJob,
            "SawCompletedJob",
            "Saw completed job: " + CronJobs.name(job) + ", condition: " + condition);
      } else if (!known && !finished && !PodState.isDeleting(job)) {
        notUnexpected(cronJob, status, job);
      }
      if (CronJobs.hasSucceeded(job)) {
        status.noteSuccess(job);
      }
    }
    for (var reference : status.active()) {
      var uid = reference.path("uid").asText();
      if (mine.stream().noneMatch(job -> CronJobs.uid(job).equals(uid))
          && client
              .find(JOBS, keyOf(cronJob, reference.path("name").asText()))
              .filter(job -> CronJobs.uid(job).equals(uid))
              .isEmpty()) {
        status.end(uid);
        tell(cronJob, "MissingJob", "Active job went missing: " + reference.path("name").asText());
      }
    }
  }

  /** One of the schedule was started just before the status could be written: it is known now. */
  private void notUnexpected(ObjectNode cronJob, CronJobStatus status, ObjectNode job) {
    if (job.path("metadata").path("annotations").has(CronJobs.SCHEDULED_AT)) {
      status.begin(job);
    } else {
      warn(
          cronJob,
          "UnexpectedJob",
          "Saw a job that the controller did not create or forgot: " + CronJobs.name(job));
    }
  }

  private Optional<CronTimes> times(ObjectNode cronJob) {
    var spec = cronJob.path("spec");
    var schedule = spec.path("schedule").asText();
    var zone = spec.path("timeZone").asText();
    try {
      return Optional.of(
          new CronTimes(
              CronSchedule.parse(schedule), zone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(zone)));
    } catch (DateTimeException unknown) {
      warn(
          cronJob,
          "UnknownTimeZone",
          "invalid timeZone: \"" + zone + "\": unknown time zone " + zone);
    } catch (CronSchedule.MalformedSchedule malformed) {
      warn(
          cronJob,
          "UnparseableSchedule",
          "unparseable schedule: \"" + schedule + "\" : " + malformed.getMessage());
    }
    return Optional.empty();
  }

  private void startIfDue(ObjectNode cronJob, CronJobStatus status, CronTimes times, Instant now) {
    var deadline = cronJob.path("spec").path("startingDeadlineSeconds");
    var since =
        status
            .lastSchedule()
            .orElse(Instant.parse(cronJob.path("metadata").path("creationTimestamp").asText()));
    if (deadline.isNumber() && since.isBefore(now.minusSeconds(deadline.asLong()))) {
      since = now.minusSeconds(deadline.asLong());
    }
    var due = times.due(since, now);
    if (due.isEmpty()) {
      return;
    }
    var start = due.get().time();
    if (due.get().tooMany()) {
      warn(
          cronJob,
          "TooManyMissedTimes",
          "too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check"
              + " clock skew");
    }
    if (deadline.isNumber() && start.plusSeconds(deadline.asLong()).isBefore(now)) {
      warn(
          cronJob,
          "MissSchedule",
          "Missed scheduled time to start a job: " + RFC_1123.format(start.atZone(times.zone())));
      return;
    }
    if (status.isActiveByName(CronJobs.jobName(cronJob, start))) {
      status.scheduled(start);
    } else if (mayStart(cronJob, status)) {
      start(cronJob, status, start, times.zone());
    }
  }

  /** As the concurrency policy says; ends what is to be replaced. */
  private boolean mayStart(ObjectNode cronJob, CronJobStatus status) {
    return switch (cronJob.path("spec").path("concurrencyPolicy").asText()) {
      case "Forbid" -> {
        if (!status.active().isEmpty()) {
          tell(
              cronJob,
              "JobAlreadyActive",
              "Not starting job because prior execution is running and concurrency policy is"
                  + " Forbid");
        }
        yield status.active().isEmpty();
      }
      case "Replace" -> {
        for (var reference : status.active()) {
          var name = reference.path("name").asText();
          client
              .find(JOBS, keyOf(cronJob, name))
              .ifPresentOrElse(
                  job -> delete(cronJob, status, job),
                  () -> status.end(reference.path("uid").asText()));
        }
        yield true;
      }
      default -> true;
    };
  }

  private void start(ObjectNode cronJob, CronJobStatus status, Instant start, ZoneId zone) {
    var job = CronJobs.newJob(cronJob, start, zone);
    try {
      var created = client.create(JOBS, job);
      tell(cronJob, "SuccessfulCreate", "Created job " + CronJobs.name(created));
      status.begin(created);
    } catch (ApiException refused) {
      if (PodControl.isEndOfNamespace(refused)) {
        return;
      }
      var there =
          refused.reason() == StatusReason.ALREADY_EXISTS
              ? client.find(JOBS, Json.key(job)).filter(each -> isOf(cronJob, each))
              : Optional.<ObjectNode>empty();
      if (there.isEmpty()) {
        warn(cronJob, "FailedCreate", "Error creating job: " + refused.getMessage());
        throw refused;
      }
      there.filter(each -> !JobSpec.isFinished(each)).ifPresent(status::begin);
    }
    status.scheduled(start);
  }

  private static boolean isOf(ObjectNode cronJob, ObjectNode job) {
    return ControllerRef.uidOf(job).equals(CronJobs.uid(cronJob));
  }

  private void delete(ObjectNode cronJob, CronJobStatus status, ObjectNode job) {
    try {
      var options =
          DeleteOptions.ofUid(CronJobs.uid(job))
              .withPropagation(DeleteOptions.Propagation.BACKGROUND);
      client.delete(JOBS, Json.key(job), options);
      tell(cronJob, "SuccessfulDelete", "Deleted job " + CronJobs.name(job));
    } catch (ApiException refused) {
      if (refused.reason() != StatusReason.NOT_FOUND && refused.reason() != StatusReason.CONFLICT) {
        warn(cronJob, "FailedDelete", "Deleted job: " + refused.getMessage());
        throw refused;
      }
    }
    status.end(CronJobs.uid(job));
  }

  private static ObjectKey keyOf(ObjectNode cronJob, String job) {
    return new ObjectKey(cronJob.path("metadata").path("namespace").asText(), job);
  }

  private void tell(ObjectNode cronJob, String reason, String message) {
    events.normal(ObjectReference.to(cronJob), reason, message);
  }

  private void warn(ObjectNode cronJob, String reason, String message) {
    events.warning(ObjectReference.to(cronJob), reason, message);
  }
}
