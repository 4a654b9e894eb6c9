package io.jkube.controller.disruption;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.LabelSelector;
import io.jkube.api.ObjectKey;
import io.jkube.api.ObjectReference;
import io.jkube.api.Resources;
import io.jkube.client.ApiClient;
import io.jkube.client.EventRecorder;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.controller.runtime.ControllerRef;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.Reconciler;
import io.jkube.controller.runtime.Result;
import io.jkube.controller.runtime.SharedInformers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Keeps the status of every PodDisruptionBudget in step with its pods and what they should be. */
public final class DisruptionController implements Reconciler {
  public static final String NAME = "disruption-controller";

  private static final GroupVersionResource BUDGETS =
      new GroupVersionResource("policy", "v1", "poddisruptionbudgets");
  private static final int WORKERS = 2;

  private final ApiClient client;
  private final InstantSource clock;
  private final EventRecorder events;
  private final Informer<ObjectNode> budgets;
  private final Informer<ObjectNode> pods;
  private final WantedPods wanted;

  private DisruptionController(ApiClient client, SharedInformers informers, InstantSource clock) {
    this.client = client;
    this.clock = clock;
    this.events = new EventRecorder(client, clock, "controllermanager", "");
    this.budgets = informers.of(BUDGETS);
    this.pods = informers.of(Resources.PODS);
    this.wanted = new WantedPods(client, informers);
  }

  public static ControllerRunner runner(
      ApiClient client, SharedInformers informers, InstantSource clock) {
    var controller = new DisruptionController(client, informers, clock);
    var runner = new ControllerRunner(NAME, controller, WORKERS, clock);
    runner
        .owns(controller.events)
        .follow(controller.budgets, ObjectHandler.onEvery((key, any) -> runner.enqueue(key)))
        .follow(controller.pods, controller.newsOfPods(runner));
    for (var copy : controller.wanted.copies()) {
      runner.follow(copy, controller.newsOfSizes(runner));
    }
    return runner;
  }

  /** A pod counts for the budgets that select it, and for those that selected it before. */
  private ObjectHandler<ObjectNode> newsOfPods(ControllerRunner runner) {
    return new ObjectHandler<>() {
      @Override
      public void added(ObjectKey key, ObjectNode pod) {
        for (var budget : budgets.list(key.namespace())) {
          if (selector(budget).selects(pod)) {
            runner.enqueue(Json.key(budget));
          }
        }
      }

      @Override
      public void updated(ObjectKey key, ObjectNode before, ObjectNode after) {
        added(key, after);
        if (!before.at("/metadata/labels").equals(after.at("/metadata/labels"))) {
          added(key, before);
        }
      }

      @Override
      public void deleted(ObjectKey key, ObjectNode last) {
        added(key, last);
      }
    };
  }

  /** Only a change of the number of wanted pods counts, and only where some budget asks for it. */
  private ObjectHandler<ObjectNode> newsOfSizes(ControllerRunner runner) {
    return new ObjectHandler<>() {
      @Override
      public void added(ObjectKey key, ObjectNode owner) {
        budgets.list(key.namespace()).stream()
            .filter(BudgetCounts::needsScale)
            .forEach(budget -> runner.enqueue(Json.key(budget)));
      }

      @Override
      public void updated(ObjectKey key, ObjectNode before, ObjectNode after) {
        if (!before.at("/spec/replicas").equals(after.at("/spec/replicas"))) {
          added(key, after);
        }
      }

      @Override
      public void deleted(ObjectKey key, ObjectNode last) {
        added(key, last);
      }
    };
  }

  private static LabelSelector selector(ObjectNode budget) {
    return LabelSelector.of(budget.path("spec").get("selector"));
  }

  @Override
  public Result reconcile(ObjectKey key) {
    var found = budgets.get(key);
    if (found.isEmpty()) {
      return Result.done();
    }
    var budget = found.get();
    var now = clock.instant();
    var selected = pods.list(key.namespace()).stream().filter(selector(budget)::selects).toList();
    tellOddities(budget, selected);
    int scale;
    try {
      scale = BudgetCounts.needsScale(budget) ? wanted.of(selected) : selected.size();
    } catch (ApiException unknown) {
      events.warning(
          ObjectReference.to(budget),
          "CalculateExpectedPodCountFailed",
          "Failed to calculate the number of expected pods: " + unknown.getMessage());
      write(budget, BudgetCounts.failed(budget, unknown.getMessage(), now));
      return Result.done();
    }
    var counts = BudgetCounts.of(budget, selected, scale, now);
    write(budget, counts.status(budget, now));
    return counts
        .nextLook()
        .map(at -> Duration.between(now, at))
        .filter(Duration::isPositive)
        .map(Result::after)
        .orElse(Result.done());
  }

  private void tellOddities(ObjectNode budget, List<ObjectNode> selected) {
    if (selected.isEmpty()) {
      events.normal(ObjectReference.to(budget), "NoPods", "No matching pods found");
    }
    boolean unmanaged = selected.stream().anyMatch(pod -> ControllerRef.of(pod).isEmpty());
    if (unmanaged && BudgetCounts.needsScale(budget)) {
      events.warning(
          ObjectReference.to(budget),
          "UnmanagedPods",
          "Pods selected by this PodDisruptionBudget (selector: "
              + selector(budget)
              + ") were found to be unmanaged. As a result, the status of the PDB cannot be"
              + " calculated correctly, which may result in undefined behavior. To account for"
              + " these pods please set \".spec.minAvailable\" field of the PDB to an integer"
              + " value.");
    }
  }

  private void write(ObjectNode budget, ObjectNode status) {
    if (!status.equals(budget.path("status"))) {
      var next = budget.deepCopy();
      next.set("status", status);
      client.updateStatus(BUDGETS, next);
    }
  }
}
