package io.jkube.apiserver.metrics;

import io.jkube.api.metrics.MetricsSource;
import io.jkube.api.metrics.TextFormat;
import io.jkube.apiserver.request.Reply;
import io.jkube.apiserver.storage.WatchCaches;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * {@code /metrics}.
 *
 * @param components of this process that are not the server's: they come while it runs
 */
public record MetricsEndpoint(
    RequestMetrics requests,
    WebhookMetrics webhooks,
    MetricsSource fairness,
    WatchCaches caches,
    List<MetricsSource> components) {
  public Reply answer() {
    var text = new TextFormat();
    requests.writeTo(text);
    webhooks.writeTo(text);
    fairness.writeTo(text);
    text.family("apiserver_storage_objects", "gauge", "Objects in the watch caches, by place.");
    var sizes = caches.sizes();
    sizes.forEach(
        (place, size) ->
            text.sample("apiserver_storage_objects", "place=\"" + place + "\"", size.objects()));
    text.family("apiserver_registered_watchers", "gauge", "Watches under way, by place.");
    sizes.forEach(
        (place, size) ->
            text.sample(
                "apiserver_registered_watchers", "place=\"" + place + "\"", size.watchers()));
    components.forEach(component -> component.writeTo(text));
    process(text);
    return new Reply.Text(
        200,
        "text/plain; version=0.0.4; charset=utf-8",
        text.toString().getBytes(StandardCharsets.UTF_8),
        null);
  }

  private static void process(TextFormat text) {
    var memory = ManagementFactory.getMemoryMXBean();
    text.family("jvm_memory_used_bytes", "gauge", "Memory the JVM uses.");
    text.sample("jvm_memory_used_bytes", "area=\"heap\"", memory.getHeapMemoryUsage().getUsed());
    text.sample(
        "jvm_memory_used_bytes", "area=\"nonheap\"", memory.getNonHeapMemoryUsage().getUsed());
    var runtime = ManagementFactory.getRuntimeMXBean();
    text.family("process_uptime_seconds", "gauge", "Since the process began.");
    text.sample("process_uptime_seconds", "", runtime.getUptime() / 1000.0);
  }
}
