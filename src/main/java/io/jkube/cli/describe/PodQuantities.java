package io.jkube.cli.describe;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.Quantity;

/**
 * What a pod asks for as a whole. Containers add up; init containers run one after the other before
 * them, but those that are always restarted stay beside whatever starts later. Resources stated for
 * the pod as a whole win.
 */
final class PodQuantities {
  private PodQuantities() {}

  /**
   * @param kind requests or limits
   */
  static Quantity of(JsonNode pod, String kind, String resource) {
    var spec = pod.path("spec");
    var whole = spec.path("resources").path(kind).path(resource);
    if (whole.isValueNode()) {
      return Quantity.of(whole);
    }
    var sidecars = Quantity.ZERO;
    var peak = Quantity.ZERO;
    for (var container : spec.path("initContainers")) {
      var own = own(container, kind, resource);
      boolean stays = container.path("restartPolicy").asText().equals("Always");
      var now = sidecars.plus(own);
      sidecars = stays ? now : sidecars;
      peak = max(peak, now);
    }
    var running = sidecars;
    for (var container : spec.path("containers")) {
      running = running.plus(own(container, kind, resource));
    }
    var most = max(peak, running);
    boolean overhead = kind.equals("requests") || !most.isZero();
    return overhead ? most.plus(Quantity.of(spec.path("overhead").get(resource))) : most;
  }

  private static Quantity own(JsonNode container, String kind, String resource) {
    return Quantity.of(container.path("resources").path(kind).get(resource));
  }

  private static Quantity max(Quantity left, Quantity right) {
    return left.compareTo(right) >= 0 ? left : right;
  }
}
