package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.metrics.MetricsSource;
import io.jkube.api.metrics.TextFormat;
import io.jkube.controller.runtime.Conditions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Which Jobs and pods of Jobs have ended, and how; told as upstream names it. Thread-safe. */
final class JobMetrics implements MetricsSource {
  private final Map<String, LongAdder> jobs = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> pods = new ConcurrentHashMap<>();

  /** A Job's status was written. */
  void written(ObjectNode before, ObjectNode after) {
    var mode = "completion_mode=\"" + after.at("/spec/completionMode").asText() + "\"";
    if (!JobSpec.isFinished(before) && JobSpec.isFinished(after)) {
      boolean complete = Conditions.status(after, "Complete").equals("True");
      var condition = Conditions.find(after, complete ? "Complete" : "Failed");
      var reason = TextFormat.escaped(condition.path("reason").asText());
      var result = complete ? "succeeded" : "failed";
      count(jobs, mode + ",result=\"" + result + "\",reason=\"" + reason + "\"", 1);
    }
    for (var result : new String[] {"succeeded", "failed"}) {
      int more = count(after, result) - count(before, result);
      if (more > 0) {
        count(pods, mode + ",result=\"" + result + "\"", more);
      }
    }
  }

  private static int count(ObjectNode job, String result) {
    return job.path("status").path(result).asInt();
  }

  private static void count(Map<String, LongAdder> counters, String labels, int more) {
    counters.computeIfAbsent(labels, any -> new LongAdder()).add(more);
  }

  @Override
  public void writeTo(TextFormat text) {
    var ended = "job_controller_jobs_finished_total";
    text.family(ended, "counter", "Jobs that have ended.");
    jobs.forEach((labels, count) -> text.sample(ended, labels, count.sum()));
    var counted = "job_controller_job_pods_finished_total";
    text.family(counted, "counter", "Pods of Jobs that have ended and are counted.");
    pods.forEach((labels, count) -> text.sample(counted, labels, count.sum()));
  }
}
