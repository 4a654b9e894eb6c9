package io.jkube.apiserver.metrics;

import io.jkube.api.metrics.Histogram;
import io.jkube.api.metrics.TextFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What admission webhooks were asked and how long they took, as upstream names it. Thread-safe. */
public final class WebhookMetrics {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double[] BUCKETS_SECONDS = {0.005, 0.025, 0.1, 0.5, 1, 2.5, 10, 25};

  private final Map<String, Histogram> durations = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> rejections = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> failedOpen = new ConcurrentHashMap<>();

  /**
   * One webhook and what it was asked.
   *
   * @param type {@code admit} or {@code validating}
   */
  public record Call(String name, String type, String operation) {
    private String labels() {
      return "name=\"%s\",type=\"%s\",operation=\"%s\""
          .formatted(TextFormat.escaped(name), type, operation);
    }
  }

  /**
   * @param code that the caller is answered with on behalf of the webhook
   */
  public void asked(Call call, int code, boolean rejected, long nanos) {
    var labels = call.labels() + ",rejected=\"" + rejected + "\"";
    count(requests, labels + ",code=\"" + code + "\"");
    durations
        .computeIfAbsent(labels, any -> new Histogram(BUCKETS_SECONDS))
        .observe(nanos / NANOS_PER_SECOND);
  }

  /**
   * @param error {@code calling_webhook_error}, {@code apiserver_internal_error} or {@code
   *     no_error}
   */
  public void rejected(Call call, String error, int code) {
    count(
        rejections,
        call.labels() + ",error_type=\"" + error + "\",rejection_code=\"" + code + "\"");
  }

  public void failedOpen(String name, String type) {
    count(failedOpen, "name=\"%s\",type=\"%s\"".formatted(TextFormat.escaped(name), type));
  }

  private static void count(Map<String, LongAdder> counters, String labels) {
    counters.computeIfAbsent(labels, any -> new LongAdder()).increment();
  }

  void writeTo(TextFormat text) {
    counter(
        text,
        "apiserver_admission_webhook_request_total",
        "Admission webhook requests by webhook, operation, code and whether it rejected.",
        requests);
    counter(
        text,
        "apiserver_admission_webhook_rejection_count",
        "Rejections by admission webhooks, by reason.",
        rejections);
    counter(
        text,
        "apiserver_admission_webhook_fail_open_count",
        "Requests that went on without a webhook that could not be asked.",
        failedOpen);
    durations(text);
  }

  private static void counter(
      TextFormat text, String name, String help, Map<String, LongAdder> counters) {
    text.family(name, "counter", help);
    counters.forEach((labels, count) -> text.sample(name, labels, count.sum()));
  }

  private void durations(TextFormat text) {
    var name = "apiserver_admission_webhook_admission_duration_seconds";
    text.family(name, "histogram", "Time that admission webhooks took.");
    durations.forEach((labels, histogram) -> histogram.writeTo(text, name, labels));
  }
}
