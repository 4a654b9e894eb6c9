package io.jkube.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.placement.Taint;
import io.jkube.api.placement.Toleration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long a pod puts up with what its node has against it: the shortest of its tolerations. */
sealed interface Patience {
  record Endless() implements Patience {}

  record Limited(Duration time) implements Patience {}

  /**
   * Each taint is borne as the first toleration that fits it says; one that none fits, not at all.
   *
   * @param taints those of {@link #taints}
   */
  static Patience of(ObjectNode pod, List<Taint> taints) {
    Patience shortest = new Endless();
    for (var taint : taints) {
      shortest = shorter(shortest, with(taint, pod.at("/spec/tolerations")));
    }
    return shortest;
  }

  /** The node's taints that end pods. */
  static List<Taint> taints(ObjectNode node) {
    var taints = new ArrayList<Taint>();
    for (var json : node.at("/spec/taints")) {
      var taint = Taint.of(json);
      if (taint.effect().equals(Taint.NO_EXECUTE)) {
        taints.add(taint);
      }
    }
    return taints;
  }

  private static Patience with(Taint taint, JsonNode tolerations) {
    for (var toleration : tolerations) {
      if (Toleration.of(toleration).tolerates(taint)) {
        return toleration.hasNonNull("tolerationSeconds")
            ? new Limited(Duration.ofSeconds(seconds(toleration)))
            : new Endless();
      }
    }
    return new Limited(Duration.ZERO);
  }

  /** Zero and negative: at once. */
  private static long seconds(JsonNode toleration) {
    return Math.clamp(toleration.path("tolerationSeconds").asLong(), 0, Integer.MAX_VALUE);
  }

  private static Patience shorter(Patience one, Patience other) {
    return switch (one) {
      case Endless() -> other;
      case Limited(var time) ->
          other instanceof Limited(var less) && less.compareTo(time) < 0 ? other : one;
    };
  }
}
