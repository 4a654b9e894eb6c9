package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionKind;
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
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.Reconciler;
import io.jkube.controller.runtime.Result;
import io.jkube.controller.runtime.SharedInformers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Keeps one pod of a DaemonSet on every node that fits. Which pods that takes is {@link
 * DaemonPlan}'s to say; this makes and removes them, and writes down.
 */
public final class DaemonSetController implements Reconciler {
  /** As its service account is called; upstream's events come from another name. */
  public static final String NAME = "daemon-set-controller";

  static final GroupVersionKind KIND = new GroupVersionKind("apps", "v1", "DaemonSet");

  private static final String EVENT_SOURCE = "daemonset-controller";
  private static final GroupVersionResource SETS =
      new GroupVersionResource("apps", "v1", "daemonsets");
  private static final int WORKERS = 2;

  /** How many pods one look makes or removes at most; the next looks do the rest. */
  private static final int BURST = 250;

  private final ApiClient client;
  private final InstantSource clock;
  private final EventRecorder events;
  private final PodControl podControl;
  private final Informer<ObjectNode> sets;
  private final Informer<ObjectNode> pods;
  private final Informer<ObjectNode> nodes;
  private final Claims claims;
  private final RevisionHistory history;
  private final Expectations expectations;
  private final FailedDaemonPods failures = new FailedDaemonPods();

  private DaemonSetController(ApiClient client, SharedInformers informers, InstantSource clock) {
    this.client = client;
    this.clock = clock;
    this.events = new EventRecorder(client, clock, EVENT_SOURCE, "");
    this.podControl = new PodControl(client, events);
    this.sets = informers.of(SETS);
    this.pods = informers.of(Resources.PODS);
    this.nodes = informers.of(Resources.NODES);
    this.claims = new Claims(client, Resources.PODS, pods);
    this.history = RevisionHistory.of(client, informers, KIND, SETS, RevisionHistory.POD_LABEL);
    this.expectations = new Expectations();
  }

  public static ControllerRunner runner(
      ApiClient client, SharedInformers informers, InstantSource clock) {
    var controller = new DaemonSetController(client, informers, clock);
    var runner = new ControllerRunner(NAME, controller, WORKERS, clock);
    return runner
        .owns(controller.events)
        .follow(controller.sets, ChangedOwners.of(runner))
        .follow(controller.nodes, controller.newsOfNodes(runner))
        .follow(controller.history.claims().informer(), ChangedOwners.ignored())
        .follow(
            controller.pods,
            new OwnedPods(
                KIND,
                controller.sets,
                controller.pods,
                DaemonSetController::selector,
                controller.expectations,
                runner));
  }

  private static LabelSelector selector(ObjectNode set) {
    return LabelSelector.of(set.path("spec").get("selector"));
  }

  /** Every set looks at a node that comes, goes, or is labelled or tainted anew. */
  private ObjectHandler<ObjectNode> newsOfNodes(ControllerRunner runner) {
    return new ObjectHandler<>() {
      @Override
      public void added(ObjectKey key, ObjectNode node) {
        sets.list().forEach(set -> runner.enqueue(Json.key(set)));
      }

      @Override
      public void updated(ObjectKey key, ObjectNode before, ObjectNode after) {
        if (!before.at("/metadata/labels").equals(after.at("/metadata/labels"))
            || !before.at("/spec/taints").equals(after.at("/spec/taints"))) {
          added(key, after);
        }
      }

      @Override
      public void deleted(ObjectKey key, ObjectNode last) {
        added(key, last);
      }
    };
  }

  @Override
  public Result reconcile(ObjectKey key) throws InterruptedException {
    var found = sets.get(key);
    if (found.isEmpty() || PodState.isDeleting(found.get())) {
      expectations.forget(key);
      failures.forget(key);
      return Result.done();
    }
    var set = found.get();
    boolean upToDate = expectations.areMet(key);
    var mine = claims.claim(set, KIND, SETS, selector(set));
    var known = history.of(set);
    var present = history.present(set, known);
    var look = look(set, mine, present);
    var next = Result.done();
    try {
      if (upToDate) {
        next = act(key, look);
      }
    } finally {
      report(look, present.collisions());
    }
    forgetOldest(set, mine, known, look.hash());
    return next;
  }

  private DaemonPlan.Look look(
      ObjectNode set, List<ObjectNode> mine, RevisionHistory.Present present) {
    var hash =
        present.revision().path("metadata").path("labels").path(RevisionHistory.POD_LABEL).asText();
    return new DaemonPlan.Look(
        set,
        DaemonPlan.verdicts(set, nodes.list()),
        DaemonPods.byNode(mine),
        hash,
        clock.instant());
  }

  /** Puts every pod in its place; once all are, the next ones of an older template give way. */
  private Result act(ObjectKey key, DaemonPlan.Look look) throws InterruptedException {
    var set = look.set();
    var placement = DaemonPlan.placement(look);
    var leaving = new ArrayList<ObjectNode>();
    var wait = dueOf(key, look, placement.delete(), leaving);
    var missing = placement.create();
    if (missing.isEmpty()
        && leaving.isEmpty()
        && set.at("/spec/updateStrategy/type").asText().equals("RollingUpdate")) {
      var rollout = DaemonPlan.rollout(look);
      leaving.addAll(rollout.delete());
      missing = rollout.create();
    }
    delete(key, set, leaving.stream().limit(BURST).toList());
    var made =
        missing.stream()
            .limit(BURST)
            .map(node -> DaemonPods.newPod(set, look.hash(), node))
            .toList();
    if (!made.isEmpty()) {
      podControl.createAll(key, set, made, expectations);
    }
    return wait.isPositive() ? Result.after(wait) : nextLook(look);
  }

  private static Result nextLook(DaemonPlan.Look look) {
    var pods = look.pods().values().stream().flatMap(List::stream).toList();
    return NextAvailable.of(
        pods, look.set().path("spec").path("minReadySeconds").asInt(), look.now());
  }

  /**
   * Those of the pods that may go now; failed ones wait a while.
   *
   * @return how long until the next of those that wait
   */
  private Duration dueOf(
      ObjectKey key, DaemonPlan.Look look, List<ObjectNode> pods, List<ObjectNode> due) {
    var wait = Duration.ZERO;
    for (var pod : pods) {
      boolean failed = PodState.phase(pod).equals("Failed");
      var delay = failed ? failures.delay(key, DaemonPods.node(pod), look.now()) : Duration.ZERO;
      if (delay.isZero()) {
        tellEnd(look.set(), pod);
        due.add(pod);
      } else if (wait.isZero() || delay.compareTo(wait) < 0) {
        wait = delay;
      }
    }
    return wait;
  }

  private void tellEnd(ObjectNode set, ObjectNode pod) {
    var about = Json.key(pod) + " on node " + DaemonPods.node(pod);
    switch (PodState.phase(pod)) {
      case "Failed" ->
          events.warning(
              ObjectReference.to(set),
              "FailedDaemonPod",
              "Found failed daemon pod " + about + ", will try to kill it");
      case "Succeeded" ->
          events.normal(
              ObjectReference.to(set),
              "SucceededDaemonPod",
              "Found succeeded daemon pod " + about + ", will try to delete it");
      default -> {}
    }
  }

  private void delete(ObjectKey key, ObjectNode set, List<ObjectNode> leaving)
      throws InterruptedException {
    podControl.deleteAll(key, set, leaving, expectations);
  }

  private void report(DaemonPlan.Look look, int collisions) {
    var status = DaemonStatus.of(look, collisions);
    if (!status.equals(look.set().path("status"))) {
      var next = look.set().deepCopy();
      next.set("status", status);
      client.updateStatus(SETS, next);
    }
  }

  private void forgetOldest(
      ObjectNode set, List<ObjectNode> mine, List<ObjectNode> known, String hash) {
    var inUse =
        mine.stream()
            .map(pod -> pod.path("metadata").path("labels").path(RevisionHistory.POD_LABEL))
            .map(label -> label.asText())
            .collect(Collectors.toSet());
    inUse.add(hash);
    history.forgetOldest(
        set,
        known,
        each ->
            inUse.contains(
                each.path("metadata").path("labels").path(RevisionHistory.POD_LABEL).asText()));
  }
}
