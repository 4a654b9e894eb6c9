package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.client.ApiClient;
import io.jkube.client.DeleteOptions;
import io.jkube.client.informer.Informer;
import io.jkube.controller.runtime.Conditions;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.Reconciler;
import io.jkube.controller.runtime.Result;
import io.jkube.controller.runtime.SharedInformers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Deletes Jobs that are over for as long as they say, and what they own. */
public final class JobTtlController implements Reconciler {
  public static final String NAME = "ttl-after-finished-controller";

  private static final GroupVersionResource JOBS = new GroupVersionResource("batch", "v1", "jobs");
  private static final int WORKERS = 1;

  private final ApiClient client;
  private final InstantSource clock;
  private final Informer<ObjectNode> jobs;

  private JobTtlController(ApiClient client, SharedInformers informers, InstantSource clock) {
    this.client = client;
    this.clock = clock;
    this.jobs = informers.of(JOBS);
  }

  public static ControllerRunner runner(
      ApiClient client, SharedInformers informers, InstantSource clock) {
    var controller = new JobTtlController(client, informers, clock);
    var runner = new ControllerRunner(NAME, controller, WORKERS, clock);
    return runner.follow(controller.jobs, ChangedOwners.of(runner));
  }

  @Override
  public Result reconcile(ObjectKey key) {
    var job = jobs.get(key).filter(JobSpec::isFinished).filter(each -> !PodState.isDeleting(each));
    var ttl = job.map(JobSpec::of).map(JobSpec::ttlSecondsAfterFinished);
    if (ttl.isEmpty() || ttl.get().isEmpty()) {
      return Result.done();
    }
    var end = end(job.get()).plusSeconds(ttl.get().getAsInt());
    var left = Duration.between(clock.instant(), end);
    if (left.isPositive()) {
      return Result.after(left);
    }
    var metadata = job.get().path("metadata");
    var options =
        DeleteOptions.ofUid(metadata.path("uid").asText())
            .withResourceVersion(metadata.path("resourceVersion").asText())
            .withPropagation(DeleteOptions.Propagation.FOREGROUND);
    client.delete(JOBS, Json.key(job.get()), options);
    return Result.done();
  }

  private static Instant end(ObjectNode job) {
    var complete = Conditions.find(job, "Complete");
    var condition =
        complete.path("status").asText().equals("True") ? complete : Conditions.find(job, "Failed");
    return Instant.parse(condition.path("lastTransitionTime").asText());
  }
}
