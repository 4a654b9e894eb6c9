package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.LabelSelector;
import io.jkube.api.ObjectKey;
import io.jkube.api.ObjectReference;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiClient;
import io.jkube.client.EventRecorder;
import io.jkube.client.Patch;
import io.jkube.client.informer.Informer;
import io.jkube.controller.runtime.Conditions;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.Reconciler;
import io.jkube.controller.runtime.Result;
import io.jkube.controller.runtime.SharedInformers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Runs pods until enough of them have succeeded. Which pods are counted is {@link JobLedger}'s,
 * when it is over {@link JobOutcome}'s; this makes and removes pods, and writes down.
 */
public final class JobController implements Reconciler {
  public static final String NAME = "job-controller";

  private static final GroupVersionResource JOBS = new GroupVersionResource("batch", "v1", "jobs");
  static final GroupVersionKind KIND = new GroupVersionKind("batch", "v1", "Job");
  private static final int WORKERS = 5;

  private final ApiClient client;
  private final InstantSource clock;
  private final EventRecorder events;
  private final PodControl podControl;
  private final Informer<ObjectNode> jobs;
  private final Informer<ObjectNode> pods;
  private final Claims claims;
  private final Expectations expectations;
  private final JobMetrics metrics = new JobMetrics();

  /**
   * The revision of each Job as last written, or as asked of the server at the first look. What an
   * older copy tells beside newer pods would count pods twice, or not at all.
   */
  private final Map<ObjectKey, Long> revisions = new ConcurrentHashMap<>();

  private JobController(ApiClient client, SharedInformers informers, InstantSource clock) {
    this.client = client;
    this.clock = clock;
    this.events = new EventRecorder(client, clock, NAME, "");
    this.podControl = new PodControl(client, events);
    this.jobs = informers.of(JOBS);
    this.pods = informers.of(Resources.PODS);
    this.claims = new Claims(client, Resources.PODS, pods);
    this.expectations = new Expectations();
  }

  public static ControllerRunner runner(
      ApiClient client, SharedInformers informers, InstantSource clock) {
    var controller = new JobController(client, informers, clock);
    var runner = new ControllerRunner(NAME, controller, WORKERS, clock);
    return runner
        .owns(controller.events)
        .tells(controller.metrics)
        .follow(controller.jobs, ChangedOwners.of(runner))
        .follow(
            controller.pods,
            new OwnedPods(
                KIND,
                controller.jobs,
                controller.pods,
                JobController::selector,
                controller.expectations,
                runner));
  }

  private static LabelSelector selector(ObjectNode job) {
    return LabelSelector.of(job.path("spec").get("selector"));
  }

  @Override
  public Result reconcile(ObjectKey key) throws InterruptedException {
    var found = jobs.get(key);
    if (found.isEmpty()) {
      expectations.forget(key);
      revisions.remove(key);
      return Result.done();
    }
    var job = found.get();
    var spec = JobSpec.of(job);
    if (spec.isManagedByOthers() || !isCurrent(key, job)) {
      return Result.done();
    }
    boolean upToDate = expectations.areMet(key);
    var mine = claims.claim(job, KIND, JOBS, selector(job));
    if (JobSpec.isFinished(job) || PodState.isDeleting(job)) {
      mine.stream().filter(JobPods::isTracked).forEach(this::release);
      return Result.done();
    }
    return upToDate ? look(key, job, spec, mine) : Result.done();
  }

  /** An older copy is no use; that it gets newer calls for the next look. */
  private boolean isCurrent(ObjectKey key, ObjectNode job) {
    long known =
        revisions.computeIfAbsent(
            key, name -> client.find(JOBS, name).map(JobController::revision).orElse(0L));
    return revision(job) >= known;
  }

  private static long revision(ObjectNode job) {
    return job.path("metadata").path("resourceVersion").asLong();
  }

  private Result look(ObjectKey key, ObjectNode job, JobSpec spec, List<ObjectNode> mine)
      throws InterruptedException {
    var now = clock.instant();
    var there = JobPods.of(mine, spec);
    var ledger = JobLedger.of(spec, job.path("status"), mine, there);
    var outcome = JobOutcome.of(job, there, ledger, now);
    var next = Duration.ZERO;
    if (outcome.isPresent() || spec.isSuspended()) {
      remove(key, job, there.active());
    } else if (!job.path("status").path("startTime").isMissingNode()) {
      next = manage(key, job, spec, there, ledger, now);
    }
    write(job, JobStatus.of(job, there, ledger, outcome, now));
    ledger.released().forEach(this::release);
    return nextLook(job, next, now);
  }

  /** Makes or removes pods; how long to wait until more may be made, zero when not to wait. */
  private Duration manage(
      ObjectKey key, ObjectNode job, JobSpec spec, JobPods there, JobLedger ledger, Instant now)
      throws InterruptedException {
    int wanted = wanted(spec, there, ledger);
    int active = there.active().size();
    if (active > wanted) {
      remove(key, job, DeletionOrder.first(active - wanted, there.active(), there.active()));
      return Duration.ZERO;
    }
    int missing = wanted - active - (spec.replacesOnlyFailed() ? there.ending().size() : 0);
    if (missing <= 0) {
      return Duration.ZERO;
    }
    var backoff = new JobBackoff(spec, there, ledger, now);
    if (backoff.ofJob().isPositive()) {
      return backoff.ofJob();
    }
    var maker = new JobPodMaker(job, spec, there, ledger);
    var due = maker.due(backoff);
    if (spec.isIndexed() && due.isEmpty()) {
      return maker.untilNext(backoff);
    }
    int count = Math.min(missing, ReplicaSetController.BURST);
    podControl.createAll(key, job, maker.pods(due, count), expectations);
    return Duration.ZERO;
  }

  private static int wanted(JobSpec spec, JobPods there, JobLedger ledger) {
    if (spec.completions().isEmpty()) {
      return ledger.succeeded() > 0 ? there.active().size() : spec.parallelism();
    }
    int left = spec.completions().getAsInt() - ledger.succeeded() - ledger.failedIndexes().size();
    return Math.clamp(left, 0, spec.parallelism());
  }

  /** Pods that are not needed count neither as succeeded nor as failed. */
  private void remove(ObjectKey key, ObjectNode job, List<ObjectNode> surplus) {
    if (surplus.isEmpty()) {
      return;
    }
    expectations.expectDeletions(key, surplus.stream().map(JobPods::uid).toList());
    for (var pod : surplus) {
      try {
        release(pod);
        podControl.delete(job, pod);
      } catch (ApiException refused) {
        expectations.deletionSettled(key, JobPods.uid(pod));
        throw refused;
      }
    }
  }

  private void release(ObjectNode pod) {
    if (!JobPods.isTracked(pod)) {
      return;
    }
    var patch = Json.object();
    patch
        .putObject("metadata")
        .put("uid", JobPods.uid(pod))
        .putArray("$deleteFromPrimitiveList/finalizers")
        .add(JobSpec.FINALIZER);
    try {
      client.patch(Resources.PODS, Json.key(pod), Patch.strategic(patch));
    } catch (ApiException refused) {
      if (refused.reason() != StatusReason.NOT_FOUND && refused.reason() != StatusReason.CONFLICT) {
        throw refused;
      }
    }
  }

  private void write(ObjectNode job, ObjectNode status) {
    if (status.equals(job.path("status"))) {
      return;
    }
    var next = job.deepCopy();
    next.set("status", status);
    revisions.put(Json.key(job), revision(client.updateStatus(JOBS, next)));
    metrics.written(job, next);
    tellChanges(job, next);
  }

  private void tellChanges(ObjectNode before, ObjectNode after) {
    var about = ObjectReference.to(before);
    if (turned("Complete", "True", before, after)) {
      events.normal(about, "Completed", "Job completed");
    }
    if (turned("FailureTarget", "True", before, after)) {
      var failure = Conditions.find(after, "FailureTarget");
      events.warning(about, failure.path("reason").asText(), failure.path("message").asText());
    }
    if (turned("Suspended", "True", before, after)) {
      events.normal(about, "Suspended", "Job suspended");
    }
    if (turned("Suspended", "False", before, after)) {
      events.normal(about, "Resumed", "Job resumed");
    }
  }

  private static boolean turned(String type, String value, ObjectNode before, ObjectNode after) {
    return Conditions.status(after, type).equals(value)
        && !Conditions.status(before, type).equals(value);
  }

  private static Result nextLook(ObjectNode job, Duration backoff, Instant now) {
    var untilDeadline = JobOutcome.deadline(job).map(end -> Duration.between(now, end));
    return Stream.concat(Stream.of(backoff), untilDeadline.stream())
        .filter(Duration::isPositive)
        .min(Comparator.naturalOrder())
        .map(Result::after)
        .orElse(Result.done());
  }
}
