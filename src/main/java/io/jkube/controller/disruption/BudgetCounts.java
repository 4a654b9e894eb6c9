package io.jkube.controller.disruption;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.Timestamps;
import io.jkube.controller.runtime.Conditions;
import io.jkube.controller.runtime.IntOrPercent;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a budget's status says at one moment. Pure. Source: "Specifying a Disruption Budget for your
 * Application" in Kubernetes' documentation.
 *
 * @param expected how many pods there should be
 * @param desired how many of them have to be healthy
 * @param disrupted pods whose eviction was allowed and is not seen yet, and when it was
 */
record BudgetCounts(int expected, int desired, int healthy, Map<String, Instant> disrupted) {
  /** An eviction that was allowed and led to nothing in this time does not count any more. */
  static final Duration EVICTION_LIMIT = Duration.ofMinutes(2);

  static final String CONDITION = "DisruptionAllowed";

  /**
   * @param pods that the budget selects
   * @param scale how many pods their controllers want; only asked for where it {@link #needsScale}
   */
  static BudgetCounts of(ObjectNode budget, List<ObjectNode> pods, int scale, Instant now) {
    var spec = budget.path("spec");
    int expected = needsScale(budget) ? scale : pods.size();
    int desired =
        spec.has("maxUnavailable")
            ? Math.max(0, expected - IntOrPercent.of(spec.path("maxUnavailable"), expected, true))
            : IntOrPercent.of(spec.path("minAvailable"), expected, true);
    var disrupted = disrupted(budget, pods, now);
    int healthy =
        (int)
            pods.stream()
                .filter(pod -> !isDeleting(pod) && !disrupted.containsKey(name(pod)))
                .filter(pod -> Conditions.status(pod, "Ready").equals("True"))
                .count();
    return new BudgetCounts(expected, desired, healthy, disrupted);
  }

  /** A part of a whole asks how large the whole is; a number of pods does not. */
  static boolean needsScale(JsonNode budget) {
    var spec = budget.path("spec");
    return spec.has("maxUnavailable") || spec.path("minAvailable").asText().endsWith("%");
  }

  int allowed() {
    return expected <= 0 ? 0 : Math.max(0, healthy - desired);
  }

  /** When the next of the allowed evictions is given up. */
  Optional<Instant> nextLook() {
    return disrupted.values().stream().min(Instant::compareTo).map(at -> at.plus(EVICTION_LIMIT));
  }

  ObjectNode status(ObjectNode budget, Instant now) {
    var status = budget.path("status") instanceof ObjectNode old ? old.deepCopy() : Json.object();
    status.put("observedGeneration", budget.path("metadata").path("generation").asInt());
    status.remove("disruptedPods");
    disrupted.forEach(
        (pod, at) -> status.withObject("disruptedPods").put(pod, Timestamps.seconds(at)));
    status.put("disruptionsAllowed", allowed());
    status.put("currentHealthy", healthy);
    status.put("desiredHealthy", desired);
    status.put("expectedPods", expected);
    boolean some = allowed() > 0;
    tell(budget, status, some, some ? "SufficientPods" : "InsufficientPods", "", now);
    return status;
  }

  /** Nothing may be evicted while it is not known how many pods there should be. */
  static ObjectNode failed(ObjectNode budget, String why, Instant now) {
    var status = budget.path("status") instanceof ObjectNode old ? old.deepCopy() : Json.object();
    status.put("disruptionsAllowed", 0);
    tell(budget, status, false, "SyncFailed", why, now);
    return status;
  }

  private static void tell(
      ObjectNode budget,
      ObjectNode status,
      boolean allowed,
      String reason,
      String why,
      Instant now) {
    var value = allowed ? "True" : "False";
    Conditions.set(status, CONDITION, value, reason, why, Timestamps.seconds(now))
        .put("observedGeneration", budget.path("metadata").path("generation").asInt());
  }

  private static Map<String, Instant> disrupted(
      ObjectNode budget, List<ObjectNode> pods, Instant now) {
    var pending = new LinkedHashMap<String, Instant>();
    var known = budget.path("status").path("disruptedPods");
    for (var pod : pods) {
      var at = known.path(name(pod)).asText();
      if (!at.isEmpty()
          && !isDeleting(pod)
          && Instant.parse(at).plus(EVICTION_LIMIT).isAfter(now)) {
        pending.put(name(pod), Instant.parse(at));
      }
    }
    return pending;
  }

  private static boolean isDeleting(JsonNode pod) {
    return pod.path("metadata").hasNonNull("deletionTimestamp");
  }

  private static String name(JsonNode object) {
    return object.path("metadata").path("name").asText();
  }
}
