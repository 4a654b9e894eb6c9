package io.jkube.controller.autoscaling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.LabelSelector;
import io.jkube.api.Quantity;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiClient;
import io.jkube.client.ListOptions;
import io.jkube.controller.runtime.Conditions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What pods use of a resource, out of the API metrics.k8s.io, beside what they asked for. */
record PodMetrics(ApiClient client) {
  private static final GroupVersionResource METRICS =
      new GroupVersionResource("metrics.k8s.io", "v1beta1", "pods");

  /** As long after its start a pod's use of the processor counts only once it is ready. */
  private static final Duration CPU_INITIALIZATION = Duration.ofMinutes(5);

  /** A pod that was never ready later than this is taken for one that is starting still. */
  private static final Duration INITIAL_READINESS = Duration.ofSeconds(30);

  /**
   * @param container the only one that counts; empty for all
   * @param full how much is 100 percent of each pod, in thousandths; 0: what it asked for
   * @throws ApiException when nobody serves metrics, or a pod did not ask for any of the resource
   */
  MeasuredPods measure(
      String namespace,
      LabelSelector selector,
      List<ObjectNode> pods,
      String resource,
      String container,
      long full,
      Instant now) {
    var used = used(namespace, selector, resource, container);
    var measured = new MeasuredPods(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (var pod : pods) {
      var phase = pod.path("status").path("phase").asText();
      if (pod.path("metadata").hasNonNull("deletionTimestamp") || phase.equals("Failed")) {
        continue;
      }
      var name = pod.path("metadata").path("name").asText();
      long whole = full > 0 ? full : requested(pod, resource, container);
      var use = new MeasuredPods.Use(used.getOrDefault(name, 0L), whole);
      if (phase.equals("Pending")) {
        measured.unready().add(use);
      } else if (!used.containsKey(name)) {
        measured.missing().add(use);
      } else if (resource.equals("cpu") && isStarting(pod, now)) {
        measured.unready().add(use);
      } else {
        measured.ready().add(use);
      }
    }
    if (measured.ready().isEmpty()) {
      throw new ApiException(
          StatusReason.SERVICE_UNAVAILABLE,
          "did not receive metrics for targeted pods (pods might be unready)");
    }
    return measured;
  }

  private Map<String, Long> used(
      String namespace, LabelSelector selector, String resource, String container) {
    try {
      var found = client.list(METRICS, namespace, ListOptions.ALL.withLabels(selector.toString()));
      var used = new HashMap<String, Long>();
      for (var metrics : found.items()) {
        used(metrics, resource, container)
            .ifPresent(amount -> used.put(metrics.at("/metadata/name").asText(), amount));
      }
      if (used.isEmpty()) {
        throw new ApiException(
            StatusReason.SERVICE_UNAVAILABLE, "no metrics returned from resource metrics API");
      }
      return used;
    } catch (ApiException unserved) {
      var why =
          unserved.reason() == StatusReason.NOT_FOUND
              ? "the server could not find the requested resource (get pods.metrics.k8s.io)"
              : unserved.getMessage();
      throw new ApiException(
          unserved.reason(),
          "unable to get metrics for resource "
              + resource
              + ": unable to fetch metrics from resource metrics API: "
              + why);
    }
  }

  private static Optional<Long> used(JsonNode metrics, String resource, String container) {
    long sum = 0;
    boolean found = false;
    for (var each : metrics.path("containers")) {
      if (container.isEmpty() || each.path("name").asText().equals(container)) {
        var usage = each.path("usage").path(resource);
        found |= !usage.isMissingNode();
        sum += Quantity.of(usage).millis();
      }
    }
    return found ? Optional.of(sum) : Optional.empty();
  }

  private static long requested(ObjectNode pod, String resource, String container) {
    long sum = 0;
    for (var each : pod.path("spec").path("containers")) {
      if (!container.isEmpty() && !each.path("name").asText().equals(container)) {
        continue;
      }
      var request = each.path("resources").path("requests").path(resource);
      if (request.isMissingNode()) {
        throw new ApiException(
            StatusReason.INVALID,
            "failed to get %s utilization: missing request for %s in container %s of Pod %s"
                .formatted(
                    resource,
                    resource,
                    each.path("name").asText(),
                    pod.path("metadata").path("name").asText()));
      }
      sum += Quantity.of(request).millis();
    }
    return sum;
  }

  private static boolean isStarting(ObjectNode pod, Instant now) {
    var ready = Conditions.find(pod, "Ready");
    var began = pod.path("status").path("startTime").asText();
    if (began.isEmpty() || ready.isMissingNode()) {
      return true;
    }
    var start = Instant.parse(began);
    boolean notReady = ready.path("status").asText().equals("False");
    if (start.plus(CPU_INITIALIZATION).isAfter(now)) {
      return notReady;
    }
    var turned = ready.path("lastTransitionTime").asText();
    return notReady
        && !turned.isEmpty()
        && start.plus(INITIAL_READINESS).isAfter(Instant.parse(turned));
  }
}
