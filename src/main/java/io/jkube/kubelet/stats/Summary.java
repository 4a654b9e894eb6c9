package io.jkube.kubelet.stats;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.Timestamps;
import io.jkube.kubelet.stats.Reading.PodUse;
import io.jkube.kubelet.stats.Reading.Use;
import java.time.Instant;

/** A reading in the form of upstream's {@code /stats/summary}. */
final class Summary {
  private Summary() {}

  static ObjectNode of(String node, Reading reading) {
    var summary = Json.object();
    var whole = summary.putObject("node").put("nodeName", node);
    write(whole, reading.node());
    whole.put("windowSeconds", Math.max(1, reading.window().toSeconds()));
    var pods = summary.putArray("pods");
    reading.pods().forEach(pod -> write(pods.addObject(), pod, reading.time()));
    return summary;
  }

  private static void write(ObjectNode entry, PodUse pod, Instant time) {
    entry
        .putObject("podRef")
        .put("name", pod.pod().name())
        .put("namespace", pod.pod().namespace())
        .put("uid", pod.pod().uid());
    var containers = entry.putArray("containers");
    for (var container : pod.containers()) {
      var one = containers.addObject().put("name", container.name());
      one.put("startTime", Timestamps.seconds(container.begin()));
      write(one, container.use());
    }
    write(entry, pod.use(time));
  }

  private static void write(ObjectNode entry, Use use) {
    var time = Timestamps.seconds(use.time());
    entry
        .putObject("cpu")
        .put("time", time)
        .put("usageNanoCores", use.cpuNanoCores())
        .put("usageCoreNanoSeconds", use.cpuNanos());
    entry.putObject("memory").put("time", time).put("workingSetBytes", use.memoryBytes());
  }
}
