package io.jkube.apiserver.subresource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.LabelSelector;
import io.jkube.api.StatusReason;
import io.jkube.api.Timestamps;
import io.jkube.apiserver.storage.ListOptions;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.storage.Selection;
import io.jkube.apiserver.storage.StoredObject;
import io.jkube.registry.policy.PodDisruptionBudgets;
import io.jkube.store.StoreException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * Holds evictions to the disruption budget of their pod. An eviction that is let through is counted
 * in the budget's status at once: two of them never spend the same disruption.
 */
record DisruptionGuard(ObjectStore objects, InstantSource clock) {
  /** So many evictions may be under way that their pods do not show yet. */
  private static final int MAX_DISRUPTED_PODS = 2000;

  private static final int RETRY_AFTER_SECONDS = 10;
  private static final Set<String> NOT_RUNNING = Set.of("Succeeded", "Failed", "Pending");

  /**
   * @throws ApiException TooManyRequests when the budget allows no disruption now, InternalError
   *     when the pod has several budgets
   */
  void spend(ObjectNode pod, boolean dryRun) {
    if (pod.path("metadata").hasNonNull("deletionTimestamp")
        || NOT_RUNNING.contains(pod.path("status").path("phase").asText())) {
      return;
    }
    while (true) {
      var budgets = budgetsOf(pod);
      if (budgets.size() > 1) {
        throw new ApiException(
            StatusReason.INTERNAL_ERROR,
            "This pod has more than one PodDisruptionBudget, which the eviction subresource does not"
                + " support.");
      }
      if (budgets.isEmpty()
          || isFree(pod, budgets.getFirst().tree())
          || dryRunOf(budgets, dryRun)) {
        return;
      }
      try {
        var budget = budgets.getFirst();
        objects.replace(
            PodDisruptionBudgets.DEFINITION,
            Json.key(budget.tree()),
            budget,
            spent(budget.tree(), pod));
        return;
      } catch (StoreException.RevisionMismatch changed) {
        // another eviction, or the controller: look at what is left now
      }
    }
  }

  private static boolean dryRunOf(List<StoredObject> budgets, boolean dryRun) {
    if (dryRun) {
      check(budgets.getFirst().tree());
    }
    return dryRun;
  }

  private List<StoredObject> budgetsOf(ObjectNode pod) {
    var namespace = pod.path("metadata").path("namespace").asText();
    var all = Selection.all(PodDisruptionBudgets.DEFINITION, namespace);
    return objects.list(all, ListOptions.NEWEST).items().stream()
        .filter(each -> LabelSelector.of(each.tree().path("spec").get("selector")).selects(pod))
        .toList();
  }

  /** A pod that is not ready may go where the policy says so, or where enough others are. */
  private static boolean isFree(ObjectNode pod, ObjectNode budget) {
    if (isReady(pod)) {
      return false;
    }
    var status = budget.path("status");
    int desired = status.path("desiredHealthy").asInt();
    return switch (budget.path("spec").path("unhealthyPodEvictionPolicy").asText()) {
      case "AlwaysAllow" -> true;
      default -> desired > 0 && status.path("currentHealthy").asInt() >= desired;
    };
  }

  private static boolean isReady(ObjectNode pod) {
    return pod.path("status")
        .path("conditions")
        .valueStream()
        .anyMatch(
            condition ->
                condition.path("type").asText().equals("Ready")
                    && condition.path("status").asText().equals("True"));
  }

  private static void check(ObjectNode budget) {
    var status = budget.path("status");
    var name = budget.path("metadata").path("name").asText();
    if (status.path("observedGeneration").asLong()
        < budget.path("metadata").path("generation").asLong()) {
      throw tooMany(
          "The disruption budget " + name + " is still being processed by the server.",
          RETRY_AFTER_SECONDS);
    }
    int allowed = status.path("disruptionsAllowed").asInt();
    if (allowed < 0) {
      throw forbidden(name, "pdb disruptions allowed is negative");
    }
    if (status.path("disruptedPods").size() > MAX_DISRUPTED_PODS) {
      throw forbidden(
          name, "DisruptedPods map too big - too many evictions not confirmed by PDB controller");
    }
    if (allowed == 0) {
      throw tooMany(
          "The disruption budget %s needs %d healthy pods and has %d currently"
              .formatted(
                  name,
                  status.path("desiredHealthy").asInt(),
                  status.path("currentHealthy").asInt()),
          0);
    }
  }

  private ObjectNode spent(ObjectNode budget, ObjectNode pod) {
    check(budget);
    var next = budget.deepCopy();
    var status = (ObjectNode) next.path("status");
    int left = status.path("disruptionsAllowed").asInt() - 1;
    var now = Timestamps.seconds(clock.instant());
    status.put("disruptionsAllowed", left);
    status.withObject("disruptedPods").put(pod.path("metadata").path("name").asText(), now);
    if (left == 0) {
      for (JsonNode condition : status.path("conditions")) {
        if (condition.path("type").asText().equals("DisruptionAllowed")) {
          ((ObjectNode) condition)
              .put("status", "False")
              .put("reason", "InsufficientPods")
              .put("lastTransitionTime", now);
        }
      }
    }
    return next;
  }

  private static ApiException tooMany(String cause, int retryAfterSeconds) {
    var details = Json.object();
    details.putArray("causes").addObject().put("reason", "DisruptionBudget").put("message", cause);
    if (retryAfterSeconds > 0) {
      details.put("retryAfterSeconds", retryAfterSeconds);
    }
    return new ApiException(
        StatusReason.TOO_MANY_REQUESTS,
        "Cannot evict pod as it would violate the pod's disruption budget.",
        details);
  }

  private static ApiException forbidden(String name, String why) {
    return new ApiException(
        StatusReason.FORBIDDEN,
        "poddisruptionbudgets.policy \"" + name + "\" is forbidden: " + why,
        Json.object().put("name", name).put("group", "policy").put("kind", "poddisruptionbudgets"));
  }
}
