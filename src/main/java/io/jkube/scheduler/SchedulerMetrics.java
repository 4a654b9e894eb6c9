package io.jkube.scheduler;

import io.jkube.api.metrics.Histogram;
import io.jkube.api.metrics.MetricsSource;
import io.jkube.api.metrics.TextFormat;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What the scheduler tried and how long it took; told as upstream names it. Thread-safe. */
final class SchedulerMetrics implements MetricsSource {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MILLIS_PER_SECOND = 1e3;

  /** Pods that were tried so often, or more often, are told together. */
  private static final int MOST_TRIES_TOLD = 15;

  /** What a try came to. */
  enum Result {
    SCHEDULED("scheduled"),
    UNSCHEDULABLE("unschedulable"),
    ERROR("error");

    private final String labels;

    Result(String text) {
      this.labels = "result=\"" + text + "\",profile=\"" + Scheduler.NAME + "\"";
    }
  }

  private final Map<Result, LongAdder> attempts = new EnumMap<>(Result.class);
  private final Map<Result, Histogram> durations = new EnumMap<>(Result.class);
  private final Histogram tries = new Histogram(Histogram.doubling(1, 5));
  private final Histogram[] untilScheduled = new Histogram[MOST_TRIES_TOLD];
  private final LongAdder preemptions = new LongAdder();
  private final Histogram victims = new Histogram(Histogram.doubling(1, 7));
  private final SchedulingQueue queue;

  SchedulerMetrics(SchedulingQueue queue) {
    this.queue = queue;
    for (var result : Result.values()) {
      attempts.put(result, new LongAdder());
      durations.put(result, new Histogram(Histogram.doubling(0.001, 15)));
    }
    for (int i = 0; i < MOST_TRIES_TOLD; i++) {
      untilScheduled[i] = new Histogram(Histogram.doubling(0.01, 20));
    }
  }

  /**
   * @param began the {@link System#nanoTime} of the try's beginning
   */
  void tried(Result result, long began) {
    attempts.get(result).increment();
    durations.get(result).observe((System.nanoTime() - began) / NANOS_PER_SECOND);
  }

  /**
   * @param times it was tried, this one among them
   * @param millis since it could first be tried
   */
  void scheduled(int times, long millis) {
    tries.observe(times);
    untilScheduled[Math.min(times, MOST_TRIES_TOLD) - 1].observe(millis / MILLIS_PER_SECOND);
  }

  void preempted(int pods) {
    preemptions.increment();
    victims.observe(pods);
  }

  @Override
  public void writeTo(TextFormat text) {
    var total = "scheduler_schedule_attempts_total";
    text.family(total, "counter", "Tries to schedule a pod, by what they came to.");
    attempts.forEach((result, count) -> text.sample(total, result.labels, count.sum()));
    var took = "scheduler_scheduling_attempt_duration_seconds";
    text.family(took, "histogram", "Time of a try, binding included.");
    durations.forEach((result, histogram) -> histogram.writeTo(text, took, result.labels));
    var sli = "scheduler_pod_scheduling_sli_duration_seconds";
    text.family(sli, "histogram", "Time from when a pod could be tried until it was bound.");
    for (int i = 0; i < MOST_TRIES_TOLD; i++) {
      var last = i == MOST_TRIES_TOLD - 1 ? "+" : "";
      untilScheduled[i].writeTo(text, sli, "attempts=\"" + (i + 1) + last + "\"");
    }
    text.family("scheduler_pod_scheduling_attempts", "histogram", "Tries until a pod was bound.");
    tries.writeTo(text, "scheduler_pod_scheduling_attempts", "");
    text.family("scheduler_pending_pods", "gauge", "Pods that wait for a node, by why.");
    queue
        .sizes()
        .forEach(
            (part, size) -> text.sample("scheduler_pending_pods", "queue=\"" + part + "\"", size));
    var preempting = "scheduler_preemption_attempts_total";
    text.family(preempting, "counter", "Preemptions that were decided.");
    text.sample(preempting, "", preemptions.sum());
    text.family("scheduler_preemption_victims", "histogram", "Victims of a preemption.");
    victims.writeTo(text, "scheduler_preemption_victims", "");
  }
}
