package io.jkube.client.workqueue;

import io.jkube.api.metrics.Histogram;
import io.jkube.api.metrics.TextFormat;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/** What went through a queue, and how long it took; told as upstream names it. Thread-safe. */
public final class QueueMetrics {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double[] BUCKETS_SECONDS = {
    1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100, 1000
  };

  private final LongAdder added = new LongAdder();
  private final LongAdder retried = new LongAdder();
  private final Histogram waited = new Histogram(BUCKETS_SECONDS);
  private final Histogram worked = new Histogram(BUCKETS_SECONDS);
  private final IntSupplier depth;

  QueueMetrics(IntSupplier depth) {
    this.depth = depth;
  }

  void added() {
    added.increment();
  }

  void retried() {
    retried.increment();
  }

  void waited(long nanos) {
    waited.observe(nanos / NANOS_PER_SECOND);
  }

  void worked(long nanos) {
    worked.observe(nanos / NANOS_PER_SECOND);
  }

  /** All queues, by their names. */
  public static void write(TextFormat text, Map<String, QueueMetrics> byName) {
    text.family("workqueue_depth", "gauge", "Names that wait to be worked on.");
    byName.forEach((name, queue) -> text.sample("workqueue_depth", label(name), queue.depth()));
    text.family("workqueue_adds_total", "counter", "Names that were added.");
    byName.forEach(
        (name, queue) -> text.sample("workqueue_adds_total", label(name), queue.added.sum()));
    text.family("workqueue_retries_total", "counter", "Names that were added after a failure.");
    byName.forEach(
        (name, queue) -> text.sample("workqueue_retries_total", label(name), queue.retried.sum()));
    var waited = "workqueue_queue_duration_seconds";
    text.family(waited, "histogram", "How long names waited to be worked on.");
    byName.forEach((name, queue) -> queue.waited.writeTo(text, waited, label(name)));
    var worked = "workqueue_work_duration_seconds";
    text.family(worked, "histogram", "How long names were worked on.");
    byName.forEach((name, queue) -> queue.worked.writeTo(text, worked, label(name)));
  }

  private int depth() {
    return depth.getAsInt();
  }

  private static String label(String name) {
    return "name=\"" + TextFormat.escaped(name) + "\"";
  }
}
