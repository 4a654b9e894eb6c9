package io.jkube.apiserver.metrics;

import io.jkube.api.metrics.TextFormat;
import io.jkube.apiserver.request.RequestInfo;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts requests and the time they took. Thread-safe; a count costs one map look-up. */
public final class RequestMetrics {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Map<Key, Series> byKey = new ConcurrentHashMap<>();
  private final LongAdder inFlight = new LongAdder();

  private record Key(
      String verb, String group, String version, String resource, String subresource, int code) {}

  private record Series(LongAdder count, LongAdder nanos) {}

  public void started() {
    inFlight.increment();
  }

  /**
   * @param info null when the request was not understood that far
   */
  public void ended(RequestInfo info, int code, long nanos) {
    inFlight.decrement();
    var key =
        info == null
            ? new Key("", "", "", "", "", code)
            : new Key(
                info.verb(),
                info.resource().group(),
                info.resource().version(),
                info.resource().resource(),
                info.subresource(),
                code);
    var series = byKey.computeIfAbsent(key, any -> new Series(new LongAdder(), new LongAdder()));
    series.count().increment();
    series.nanos().add(nanos);
  }

  void writeTo(TextFormat text) {
    text.family("apiserver_request_total", "counter", "Requests by verb, resource and HTTP code.");
    byKey.forEach(
        (key, series) -> text.sample("apiserver_request_total", labels(key), series.count().sum()));
    text.family(
        "apiserver_request_duration_seconds", "summary", "Time requests took, watches left out.");
    byKey.forEach(
        (key, series) -> {
          if (!key.verb().equals("watch")) {
            text.sample(
                "apiserver_request_duration_seconds_count", labels(key), series.count().sum());
            text.sample(
                "apiserver_request_duration_seconds_sum",
                labels(key),
                series.nanos().sum() / NANOS_PER_SECOND);
          }
        });
    text.family("apiserver_current_inflight_requests", "gauge", "Requests under way.");
    text.sample("apiserver_current_inflight_requests", "", inFlight.sum());
  }

  private static String labels(Key key) {
    return "verb=\"%s\",group=\"%s\",version=\"%s\",resource=\"%s\",subresource=\"%s\",code=\"%d\""
        .formatted(
            key.verb().toUpperCase(java.util.Locale.ROOT),
            TextFormat.escaped(key.group()),
            TextFormat.escaped(key.version()),
            TextFormat.escaped(key.resource()),
            TextFormat.escaped(key.subresource()),
            key.code());
  }
}
