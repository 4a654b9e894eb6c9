package io.jkube.scheduler.framework;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.util.function.Function;

/**
 * What a pod asks of a node: its containers together, or its largest init container with the
 * sidecars started before it if that is more, plus overhead. Source: "Init containers", "Sidecar
 * containers" and "Pod-level resource specification" in Kubernetes' documentation.
 */
final class PodRequests {
  /** For scoring, a container that asks for nothing counts as this much. */
  static final long DEFAULT_MILLI_CPU = 100;

  static final long DEFAULT_MEMORY_BYTES = 200L * 1024 * 1024;

  private PodRequests() {}

  /** What must be free on a node. */
  static Amounts of(JsonNode spec) {
    return withPodLevel(spec, total(spec, container -> requests(container)));
  }

  /** What counts when nodes are compared: as {@link #of}, with defaults for what is not asked. */
  static Amounts forScoring(JsonNode spec) {
    var podLevel = requests(spec);
    return withPodLevel(
        spec, total(spec, container -> withDefaults(requests(container), podLevel)));
  }

  private static Amounts total(JsonNode spec, Function<JsonNode, JsonNode> requestsOf) {
    var running = Amounts.NONE;
    for (var container : spec.path("containers")) {
      running = running.plus(Amounts.of(requestsOf.apply(container)));
    }
    var sidecars = Amounts.NONE;
    var starting = Amounts.NONE;
    for (var container : spec.path("initContainers")) {
      var asked = Amounts.of(requestsOf.apply(container));
      if (container.path("restartPolicy").asText().equals("Always")) {
        running = running.plus(asked);
        sidecars = sidecars.plus(asked);
        starting = starting.max(sidecars);
      } else {
        starting = starting.max(sidecars.plus(asked));
      }
    }
    return running.max(starting);
  }

  /** What the pod asks for as a whole stands in for the sum of its containers. */
  private static Amounts withPodLevel(JsonNode spec, Amounts sum) {
    var asked = requests(spec);
    var total = sum;
    if (!asked.isEmpty()) {
      var podLevel = Amounts.of(asked);
      total =
          new Amounts(
              asked.has("cpu") ? podLevel.milliCpu() : sum.milliCpu(),
              asked.has("memory") ? podLevel.memoryBytes() : sum.memoryBytes(),
              sum.ephemeralStorageBytes(),
              0,
              sum.plus(new Amounts(0, 0, 0, 0, podLevel.others())).others());
    }
    return total.plus(Amounts.of(spec.path("overhead")));
  }

  private static JsonNode requests(JsonNode containerOrSpec) {
    return containerOrSpec.path("resources").path("requests");
  }

  private static JsonNode withDefaults(JsonNode requests, JsonNode podLevel) {
    if (has(requests, podLevel, "cpu") && has(requests, podLevel, "memory")) {
      return requests;
    }
    var filled = requests instanceof ObjectNode given ? given.deepCopy() : Json.object();
    if (!has(requests, podLevel, "cpu")) {
      filled.put("cpu", DEFAULT_MILLI_CPU + "m");
    }
    if (!has(requests, podLevel, "memory")) {
      filled.put("memory", DEFAULT_MEMORY_BYTES);
    }
    return filled;
  }

  private static boolean has(JsonNode requests, JsonNode podLevel, String resource) {
    return requests.has(resource) || podLevel.has(resource);
  }
}
