package io.jkube.controller.autoscaling;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast one autoscaler may change its target: what it recommended lately holds it back from
 * going to and fro, what it did lately counts against its policies. Source: "Configurable scaling
 * behavior" in Kubernetes' documentation. Not thread-safe: one look at a time uses it.
 */
final class ScalingPace {
  private static final JsonNode DEFAULT_UP =
      rules(
          "{'selectPolicy':'Max','policies':[{'type':'Pods','value':4,'periodSeconds':15},"
              + "{'type':'Percent','value':100,'periodSeconds':15}]}");
  private static final JsonNode DEFAULT_DOWN =
      rules(
          "{'selectPolicy':'Max','policies':[{'type':'Percent','value':100,'periodSeconds':15}]}");
  private static final int DEFAULT_DOWN_WINDOW_SECONDS = 300;

  /** Longest of the windows and periods that the API allows. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private record Recommendation(Instant at, int replicas) {}

  /** Positive: replicas added; negative: taken away. */
  private record Step(Instant at, int change) {}

  /**
   * @param replicas how many it is to be now
   * @param ableReason the reason of condition AbleToScale
   * @param limitedReason the reason of condition ScalingLimited; empty: it is not
   */
  record Verdict(int replicas, String ableReason, String limitedReason) {}

  private final List<Recommendation> recommendations = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();

  private static JsonNode rules(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  /** That the target was changed. */
  void note(int from, int to, Instant now) {
    steps.add(new Step(now, to - from));
  }

  /**
   * @param needed what the metrics call for
   */
  Verdict pace(JsonNode spec, int current, int needed, Instant now) {
    recommendations.removeIf(each -> each.at.isBefore(now.minus(LONGEST)));
    steps.removeIf(each -> each.at.isBefore(now.minus(LONGEST)));
    var behavior = spec.path("behavior");
    recommendations.add(new Recommendation(now, needed));
    int calm = calmed(behavior, current, now);
    var able =
        calm == needed
            ? "ReadyForNewScale"
            : calm < needed ? "ScaleUpStabilized" : "ScaleDownStabilized";
    int least = spec.path("minReplicas").asInt(1);
    int most = spec.path("maxReplicas").asInt();
    if (calm > current) {
      int limit = Math.max(current, limit(up(behavior), current, true, now));
      int allowed = Math.min(limit, most);
      var why = limit < most ? "ScaleUpLimit" : "TooManyReplicas";
      return new Verdict(Math.min(calm, allowed), able, calm > allowed ? why : "");
    }
    if (calm < current) {
      int limit = Math.min(current, limit(down(behavior), current, false, now));
      int allowed = Math.max(limit, least);
      var why = limit > least ? "ScaleDownLimit" : "TooFewReplicas";
      return new Verdict(Math.max(calm, allowed), able, calm < allowed ? why : "");
    }
    return new Verdict(calm, able, "");
  }

  /** Up only as far as was recommended all through one window, down as was all through another. */
  private int calmed(JsonNode behavior, int current, Instant now) {
    int upSeconds = behavior.path("scaleUp").path("stabilizationWindowSeconds").asInt(0);
    int downSeconds =
        behavior
            .path("scaleDown")
            .path("stabilizationWindowSeconds")
            .asInt(DEFAULT_DOWN_WINDOW_SECONDS);
    int lowest = recommendations.getLast().replicas;
    int highest = lowest;
    for (var each : recommendations) {
      if (each.at.isAfter(now.minusSeconds(upSeconds))) {
        lowest = Math.min(lowest, each.replicas);
      }
      if (each.at.isAfter(now.minusSeconds(downSeconds))) {
        highest = Math.max(highest, each.replicas);
      }
    }
    return Math.min(Math.max(current, lowest), highest);
  }

  private static JsonNode up(JsonNode behavior) {
    return behavior.path("scaleUp").has("policies") ? behavior.path("scaleUp") : DEFAULT_UP;
  }

  private static JsonNode down(JsonNode behavior) {
    return behavior.path("scaleDown").has("policies") ? behavior.path("scaleDown") : DEFAULT_DOWN;
  }

  /** How far the policies let it go from what was there when their period began. */
  private int limit(JsonNode rules, int current, boolean up, Instant now) {
    var select = rules.path("selectPolicy").asText();
    if (select.equals("Disabled")) {
      return current;
    }
    boolean farthest = !select.equals("Min");
    Integer limit = null;
    for (var policy : rules.path("policies")) {
      int proposed = proposed(policy, current, up, now);
      boolean larger = limit == null || proposed > limit;
      boolean takes = limit == null || (farthest == up) == larger && proposed != limit;
      limit = takes ? Integer.valueOf(proposed) : limit;
    }
    return limit == null ? current : limit;
  }

  private int proposed(JsonNode policy, int current, boolean up, Instant now) {
    var begin = now.minusSeconds(policy.path("periodSeconds").asInt());
    int before =
        current
            - steps.stream().filter(step -> step.at.isAfter(begin)).mapToInt(Step::change).sum();
    int value = policy.path("value").asInt();
    if (policy.path("type").asText().equals("Pods")) {
      return up ? before + value : before - value;
    }
    double part = up ? 1 + value / 100.0 : 1 - value / 100.0;
    return (int) (up ? Math.ceil(before * part - 1e-9) : before * part);
  }
}
