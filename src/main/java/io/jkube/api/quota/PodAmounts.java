package io.jkube.api.quota;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.Quantity;
import java.util.TreeMap;

/**
 * What a pod requests or is limited to as a whole: its containers and sidecars together, or an init
 * container with the sidecars that started before it where that is more; the pod's own word on CPU,
 * memory and huge pages instead of that; and its overhead.
 */
final class PodAmounts {
  private PodAmounts() {}

  /**
   * @param list {@code requests} or {@code limits}
   */
  static Amounts of(JsonNode pod, String list) {
    var spec = pod.path("spec");
    var running = Amounts.NONE;
    for (var container : spec.path("containers")) {
      running = running.plus(container(container, list));
    }
    var sidecars = Amounts.NONE;
    var starting = Amounts.NONE;
    for (var init : spec.path("initContainers")) {
      var own = container(init, list);
      if (init.path("restartPolicy").asText().equals("Always")) {
        running = running.plus(own);
        sidecars = sidecars.plus(own);
        starting = starting.max(sidecars);
      } else {
        starting = starting.max(sidecars.plus(own));
      }
    }
    var total = new TreeMap<>(running.max(starting).byName());
    total.putAll(Amounts.of(spec.path("resources").path(list)).byName());
    return withOverhead(new Amounts(total), spec, list);
  }

  /** Limits that are not there stay without the overhead. */
  private static Amounts withOverhead(Amounts total, JsonNode spec, String list) {
    var overhead = Amounts.of(spec.path("overhead"));
    return total.plus(list.equals("limits") ? overhead.only(total.names()) : overhead);
  }

  static Amounts container(JsonNode container, String list) {
    return Amounts.of(container.path("resources").path(list));
  }

  /** Whether no container asks for CPU or memory, so that quality of service is best effort. */
  static boolean isBestEffort(JsonNode pod) {
    for (var list : new String[] {"requests", "limits"}) {
      var amounts = of(pod, list);
      if (has(amounts.get("cpu")) || has(amounts.get("memory"))) {
        return false;
      }
    }
    return true;
  }

  private static boolean has(Quantity amount) {
    return amount.signum() > 0;
  }
}
