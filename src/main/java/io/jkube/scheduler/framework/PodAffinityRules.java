package io.jkube.scheduler.framework;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which pods a pod wants to be near to or far from: {@code affinity.podAffinity} and {@code
 * podAntiAffinity}.
 *
 * @param required near to pods of each of these
 * @param forbidden not near to a pod of any of these
 * @param preferred good (or, of negative weight, bad) to be near to
 */
public record PodAffinityRules(
    List<PodAffinityTerm> required, List<PodAffinityTerm> forbidden, List<Preferred> preferred) {
  static final PodAffinityRules NONE = new PodAffinityRules(List.of(), List.of(), List.of());

  /** A wish and how much it counts; negative for a pod that is rather avoided. */
  public record Preferred(int weight, PodAffinityTerm term) {}

  public PodAffinityRules {
    required = List.copyOf(required);
    forbidden = List.copyOf(forbidden);
    preferred = List.copyOf(preferred);
  }

  static PodAffinityRules of(JsonNode spec, String namespace, Map<String, String> labels) {
    var near = spec.path("affinity").path("podAffinity");
    var far = spec.path("affinity").path("podAntiAffinity");
    if (near.isEmpty() && far.isEmpty()) {
      return NONE;
    }
    var preferred = new ArrayList<Preferred>();
    for (var wish : near.path("preferredDuringSchedulingIgnoredDuringExecution")) {
      preferred.add(preferred(wish, 1, namespace, labels));
    }
    for (var wish : far.path("preferredDuringSchedulingIgnoredDuringExecution")) {
      preferred.add(preferred(wish, -1, namespace, labels));
    }
    return new PodAffinityRules(
        PodAffinityTerm.listOf(
            near.path("requiredDuringSchedulingIgnoredDuringExecution"), namespace, labels),
        PodAffinityTerm.listOf(
            far.path("requiredDuringSchedulingIgnoredDuringExecution"), namespace, labels),
        preferred);
  }

  public boolean isEmpty() {
    return required.isEmpty() && forbidden.isEmpty() && preferred.isEmpty();
  }

  private static Preferred preferred(
      JsonNode wish, int sign, String namespace, Map<String, String> labels) {
    return new Preferred(
        sign * wish.path("weight").asInt(),
        PodAffinityTerm.of(wish.path("podAffinityTerm"), namespace, labels));
  }
}
