package io.jkube.controller.autoscaling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.LabelSelector;
import io.jkube.api.ObjectKey;
import io.jkube.api.ObjectReference;
import io.jkube.api.Resources;
import io.jkube.api.Timestamps;
import io.jkube.client.ApiClient;
import io.jkube.client.EventRecorder;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.controller.runtime.Conditions;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.Reconciler;
import io.jkube.controller.runtime.Result;
import io.jkube.controller.runtime.Scales;
import io.jkube.controller.runtime.SharedInformers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps the targets of HorizontalPodAutoscalers at the size that their metrics call for. */
public final class AutoscalerController implements Reconciler {
  /** As its service account is called. */
  public static final String NAME = "horizontal-pod-autoscaler";

  private static final GroupVersionResource AUTOSCALERS =
      new GroupVersionResource("autoscaling", "v2", "horizontalpodautoscalers");
  private static final int WORKERS = 2;

  /** Upstream's default of --horizontal-pod-autoscaler-sync-period. */
  static final Duration PERIOD = Duration.ofSeconds(15);

  private static final Map<String, String> WORDS =
      Map.of(
          "ReadyForNewScale", "recommended size matches current size",
          "ScaleUpStabilized",
              "recent recommendations were lower than current one, applying the lowest recent"
                  + " recommendation",
          "ScaleDownStabilized",
              "recent recommendations were higher than current one, applying the highest recent"
                  + " recommendation",
          "ScaleUpLimit",
              "the desired replica count is increasing faster than the maximum scale rate",
          "ScaleDownLimit",
              "the desired replica count is decreasing faster than the maximum scale rate",
          "TooManyReplicas", "the desired replica count is more than the maximum replica count",
          "TooFewReplicas", "the desired replica count is less than the minimum replica count");

  private final ApiClient client;
  private final InstantSource clock;
  private final EventRecorder events;
  private final Informer<ObjectNode> autoscalers;
  private final Scales scales;
  private final MetricProposals proposals;
  private final Map<ObjectKey, ScalingPace> paces = new ConcurrentHashMap<>();

  private AutoscalerController(ApiClient client, SharedInformers informers, InstantSource clock) {
    this.client = client;
    this.clock = clock;
    this.events = new EventRecorder(client, clock, NAME, "");
    this.autoscalers = informers.of(AUTOSCALERS);
    this.scales = new Scales(client);
    this.proposals = new MetricProposals(new PodMetrics(client), informers.of(Resources.PODS));
  }

  public static ControllerRunner runner(
      ApiClient client, SharedInformers informers, InstantSource clock) {
    var controller = new AutoscalerController(client, informers, clock);
    var runner = new ControllerRunner(NAME, controller, WORKERS, clock);
    return runner
        .owns(controller.events)
        .follow(
            controller.autoscalers,
            new ObjectHandler<>() {
              @Override
              public void added(ObjectKey key, ObjectNode autoscaler) {
                runner.enqueue(key);
              }

              /** Its own status is no news. */
              @Override
              public void updated(ObjectKey key, ObjectNode before, ObjectNode after) {
                if (!before.path("spec").equals(after.path("spec"))) {
                  runner.enqueue(key);
                }
              }

              @Override
              public void deleted(ObjectKey key, ObjectNode last) {
                runner.enqueue(key);
              }
            })
        .follow(controller.proposals.pods(), ObjectHandler.onEvery((key, pod) -> {}));
  }

  @Override
  public Result reconcile(ObjectKey key) {
    var found = autoscalers.get(key);
    if (found.isEmpty()) {
      paces.remove(key);
      return Result.done();
    }
    var autoscaler = found.get();
    var status =
        autoscaler.path("status") instanceof ObjectNode old ? old.deepCopy() : Json.object();
    try {
      look(key, autoscaler, status);
    } finally {
      write(autoscaler, status);
    }
    return Result.after(PERIOD);
  }

  private void write(ObjectNode autoscaler, ObjectNode status) {
    if (!status.equals(autoscaler.path("status"))) {
      var next = autoscaler.deepCopy();
      next.set("status", status);
      client.updateStatus(AUTOSCALERS, next);
    }
  }

  private void look(ObjectKey key, ObjectNode autoscaler, ObjectNode status) {
    var now = clock.instant();
    ObjectNode scale;
    try {
      scale = scales.get(key.namespace(), target(autoscaler));
    } catch (ApiException unknown) {
      warn(autoscaler, "FailedGetScale", unknown.getMessage());
      var text = "the HPA controller was unable to get the target's current scale: ";
      set(status, "AbleToScale", false, "FailedGetScale", text + unknown.getMessage(), now);
      return;
    }
    var text = "the HPA controller was able to get the target's current scale";
    set(status, "AbleToScale", true, "SucceededGetScale", text, now);
    int current = scale.path("spec").path("replicas").asInt();
    status.put("currentReplicas", scale.path("status").path("replicas").asInt());
    var spec = autoscaler.path("spec");
    int least = spec.path("minReplicas").asInt(1);
    int most = spec.path("maxReplicas").asInt();
    status.put("desiredReplicas", current);
    if (current == 0 && least != 0) {
      status.put("desiredReplicas", 0);
      var off = "scaling is disabled since the replica count of the target is zero";
      set(status, "ScalingActive", false, "ScalingDisabled", off, now);
    } else if (current > most) {
      var why = "Current number of replicas above Spec.MaxReplicas";
      rescale(key, autoscaler, status, current, most, why);
    } else if (current < least) {
      var why = "Current number of replicas below Spec.MinReplicas";
      rescale(key, autoscaler, status, current, least, why);
    } else {
      follow(key, autoscaler, status, scale, current);
    }
  }

  private static JsonNode target(ObjectNode autoscaler) {
    return autoscaler.path("spec").path("scaleTargetRef");
  }

  /** The metric that calls for most counts; one that is not known forbids to shrink. */
  private void follow(
      ObjectKey key, ObjectNode autoscaler, ObjectNode status, ObjectNode scale, int current) {
    var now = clock.instant();
    var selector = LabelSelector.parse(scale.path("status").path("selector").asText());
    Proposal most = null;
    MetricProposals.Refused refused = null;
    int invalid = 0;
    var measured = Json.array();
    var metrics = autoscaler.path("spec").path("metrics");
    for (var metric : metrics) {
      try {
        var proposal =
            proposals.of(autoscaler.path("spec"), metric, key.namespace(), selector, current, now);
        most = most == null || proposal.replicas() > most.replicas() ? proposal : most;
        measured.add(proposal.status());
      } catch (MetricProposals.Refused unknown) {
        invalid++;
        refused = refused == null ? unknown : refused;
        warn(autoscaler, unknown.reason(), unknown.getMessage());
      }
    }
    if (refused != null && (most == null || most.replicas() < current)) {
      var why = refused.getMessage();
      set(
          status,
          "ScalingActive",
          false,
          refused.reason(),
          "the HPA was unable to compute the replica count: " + why,
          now);
      warn(
          autoscaler,
          "FailedComputeMetricsReplicas",
          "invalid metrics (%d invalid out of %d), first error is: %s"
              .formatted(invalid, metrics.size(), why));
      return;
    }
    if (most == null) {
      return;
    }
    status.set("currentMetrics", measured);
    var text = "the HPA was able to successfully calculate a replica count from ";
    set(status, "ScalingActive", true, "ValidMetricFound", text + most.metric(), now);
    apply(key, autoscaler, status, current, most);
  }

  private void apply(
      ObjectKey key, ObjectNode autoscaler, ObjectNode status, int current, Proposal proposal) {
    var now = clock.instant();
    var pace = paces.computeIfAbsent(key, name -> new ScalingPace());
    var verdict = pace.pace(autoscaler.path("spec"), current, proposal.replicas(), now);
    var able = verdict.ableReason();
    set(status, "AbleToScale", true, able, WORDS.get(able), now);
    var limited = verdict.limitedReason();
    set(
        status,
        "ScalingLimited",
        !limited.isEmpty(),
        limited.isEmpty() ? "DesiredWithinRange" : limited,
        limited.isEmpty() ? "the desired count is within the acceptable range" : WORDS.get(limited),
        now);
    if (verdict.replicas() != current) {
      var why =
          verdict.replicas() > current
              ? proposal.metric() + " above target"
              : "All metrics below target";
      rescale(key, autoscaler, status, current, verdict.replicas(), why);
    }
  }

  private void rescale(
      ObjectKey key, ObjectNode autoscaler, ObjectNode status, int from, int to, String why) {
    var now = clock.instant();
    try {
      scales.set(key.namespace(), target(autoscaler), to);
    } catch (ApiException refused) {
      var text = "the HPA controller was unable to update the target scale: ";
      set(status, "AbleToScale", false, "FailedUpdateScale", text + refused.getMessage(), now);
      warn(
          autoscaler,
          "FailedRescale",
          "New size: " + to + "; reason: " + why + "; error: " + refused.getMessage());
      throw refused;
    }
    paces.computeIfAbsent(key, name -> new ScalingPace()).note(from, to, now);
    var text = "the HPA controller was able to update the target scale to " + to;
    set(status, "AbleToScale", true, "SucceededRescale", text, now);
    status.put("desiredReplicas", to).put("lastScaleTime", Timestamps.seconds(now));
    events.normal(
        ObjectReference.to(autoscaler),
        "SuccessfulRescale",
        "New size: " + to + "; reason: " + why);
  }

  private void warn(ObjectNode autoscaler, String reason, String message) {
    events.warning(ObjectReference.to(autoscaler), reason, message);
  }

  private static void set(
      ObjectNode status, String type, boolean value, String reason, String message, Instant now) {
    Conditions.set(
        status, type, value ? "True" : "False", reason, message, Timestamps.seconds(now));
  }
}
