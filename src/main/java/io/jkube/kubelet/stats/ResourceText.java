package io.jkube.kubelet.stats;

import io.jkube.kubelet.stats.Reading.ContainerUse;
import io.jkube.kubelet.stats.Reading.PodUse;
import io.jkube.kubelet.stats.Reading.Use;
import java.util.function.Function;

/** A reading in the form of upstream's {@code /metrics/resource}, as Prometheus reads it. */
final class ResourceText {
  private static final double NANOS = 1e9;

  private final StringBuilder text = new StringBuilder();
  private final Reading reading;

  private ResourceText(Reading reading) {
    this.reading = reading;
  }

  static String of(Reading reading) {
    return new ResourceText(reading).write();
  }

  private String write() {
    ofContainers("container_cpu_usage_seconds_total", "counter", use -> use.cpuNanos() / NANOS);
    ofContainers("container_memory_working_set_bytes", "gauge", use -> (double) use.memoryBytes());
    family("node_cpu_usage_seconds_total", "counter");
    line("node_cpu_usage_seconds_total", "", reading.node().cpuNanos() / NANOS);
    family("node_memory_working_set_bytes", "gauge");
    line("node_memory_working_set_bytes", "", reading.node().memoryBytes());
    ofPods("pod_cpu_usage_seconds_total", "counter", use -> use.cpuNanos() / NANOS);
    ofPods("pod_memory_working_set_bytes", "gauge", use -> (double) use.memoryBytes());
    return text.toString();
  }

  private void ofContainers(String name, String type, Function<Use, Double> value) {
    family(name, type);
    for (var pod : reading.pods()) {
      for (ContainerUse container : pod.containers()) {
        var labels = "container=\"" + container.name() + "\"," + labels(pod);
        line(name, "{" + labels + "}", value.apply(container.use()));
      }
    }
  }

  private void ofPods(String name, String type, Function<Use, Double> value) {
    family(name, type);
    for (var pod : reading.pods()) {
      line(name, "{" + labels(pod) + "}", value.apply(pod.use(reading.time())));
    }
  }

  private static String labels(PodUse pod) {
    return "namespace=\"" + pod.pod().namespace() + "\",pod=\"" + pod.pod().name() + "\"";
  }

  private void family(String name, String type) {
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private void line(String name, String labels, double value) {
    text.append(name).append(labels).append(' ').append(value).append(' ');
    text.append(reading.time().toEpochMilli()).append('\n');
  }
}
