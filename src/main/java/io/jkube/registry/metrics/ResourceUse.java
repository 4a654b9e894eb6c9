package io.jkube.registry.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.ResourceDefinition.Verb;
import java.util.List;

/** NodeMetrics and PodMetrics: what a node uses, and the containers of a pod. */
public final class ResourceUse {
  public static final String GROUP = "metrics.k8s.io";
  public static final String VERSION = "v1beta1";

  public static final ResourceDefinition NODES =
      ResourceDefinition.cluster(GROUP, VERSION, "NodeMetrics", "nodes")
          .verbs(Verb.GET, Verb.LIST)
          .column("cpu", node -> node.at("/usage/cpu").asText())
          .column("memory", node -> node.at("/usage/memory").asText())
          .column("window", node -> node.path("window").asText())
          .build();

  public static final ResourceDefinition PODS =
      ResourceDefinition.namespaced(GROUP, VERSION, "PodMetrics", "pods")
          .verbs(Verb.GET, Verb.LIST)
          .column("cpu", pod -> sum(pod, "cpu", "n"))
          .column("memory", pod -> sum(pod, "memory", "Ki"))
          .column("window", pod -> pod.path("window").asText())
          .build();

  /** All there are. */
  public static final List<ResourceDefinition> ALL = List.of(NODES, PODS);

  private static final long KIBI = 1024;

  private ResourceUse() {}

  /**
   * Writes {@code usage}.
   *
   * @param entry a NodeMetrics, or a container of a PodMetrics
   */
  public static void write(ObjectNode entry, long cpuNanoCores, long memoryBytes) {
    entry
        .putObject("usage")
        .put("cpu", cpuNanoCores == 0 ? "0" : cpuNanoCores + "n")
        .put("memory", memoryBytes / KIBI + "Ki");
  }

  private static String sum(JsonNode pod, String resource, String unit) {
    long sum = 0;
    for (var container : pod.path("containers")) {
      var amount = container.path("usage").path(resource).asText();
      sum += amount.equals("0") ? 0 : Long.parseLong(amount.replace(unit, ""));
    }
    return sum + unit;
  }
}
