package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.client.ApiClient;
import io.jkube.client.EventRecorder;
import io.jkube.client.informer.Informer;
import io.jkube.controller.runtime.ControllerRef;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.Reconciler;
import io.jkube.controller.runtime.Result;
import io.jkube.controller.runtime.SharedInformers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Keeps as many like pods as a ReplicaSet, or a ReplicationController, asks for. */
public final class ReplicaSetController implements Reconciler {
  private static final int WORKERS = 5;

  /** How many pods one look makes or removes at most; the next looks do the rest. */
  static final int BURST = 500;

  private final ReplicaKind kind;
  private final ApiClient client;
  private final InstantSource clock;
  private final EventRecorder events;
  private final PodControl podControl;
  private final Informer<ObjectNode> sets;
  private final Informer<ObjectNode> pods;
  private final Claims claims;
  private final Expectations expectations;

  private ReplicaSetController(
      ReplicaKind kind, ApiClient client, SharedInformers informers, InstantSource clock) {
    this.kind = kind;
    this.client = client;
    this.clock = clock;
    this.events = new EventRecorder(client, clock, kind.controller(), "");
    this.podControl = new PodControl(client, events);
    this.sets = informers.of(kind.resource());
    this.pods = informers.of(Resources.PODS);
    this.claims = new Claims(client, Resources.PODS, pods);
    this.expectations = new Expectations();
  }

  public static ControllerRunner ofReplicaSets(
      ApiClient client, SharedInformers informers, InstantSource clock) {
    return runner(ReplicaKind.REPLICA_SET, client, informers, clock);
  }

  public static ControllerRunner ofReplicationControllers(
      ApiClient client, SharedInformers informers, InstantSource clock) {
    return runner(ReplicaKind.REPLICATION_CONTROLLER, client, informers, clock);
  }

  private static ControllerRunner runner(
      ReplicaKind kind, ApiClient client, SharedInformers informers, InstantSource clock) {
    var controller = new ReplicaSetController(kind, client, informers, clock);
    var runner = new ControllerRunner(kind.controller(), controller, WORKERS, clock);
    return runner
        .owns(controller.events)
        .follow(controller.sets, ChangedOwners.of(runner))
        .follow(
            controller.pods,
            new OwnedPods(
                kind.kind(),
                controller.sets,
                controller.pods,
                kind::selector,
                controller.expectations,
                runner));
  }

  @Override
  public Result reconcile(ObjectKey key) throws InterruptedException {
    var found = sets.get(key);
    if (found.isEmpty()) {
      expectations.forget(key);
      return Result.done();
    }
    var set = found.get();
    boolean upToDate = expectations.areMet(key);
    var mine = claims.claim(set, kind.kind(), kind.resource(), kind.selector(set));
    var active = mine.stream().filter(PodState::isActive).toList();
    ReplicaFailure failure = ReplicaFailure.NONE;
    try {
      if (upToDate && !PodState.isDeleting(set)) {
        scale(key, set, active);
      }
    } catch (ApiException refused) {
      failure = ReplicaFailure.of(refused, active.size() < wanted(set));
      throw refused;
    } finally {
      report(set, mine, active, failure);
    }
    return nextLook(set, active, clock.instant());
  }

  private static int wanted(ObjectNode set) {
    return set.path("spec").path("replicas").asInt(1);
  }

  private void scale(ObjectKey key, ObjectNode set, List<ObjectNode> active)
      throws InterruptedException {
    int missing = wanted(set) - active.size();
    if (missing > 0) {
      podControl.createAll(key, set, newPods(set, Math.min(missing, BURST)), expectations);
    } else if (missing < 0) {
      var leaving = DeletionOrder.first(Math.min(-missing, BURST), active, related(set, active));
      podControl.deleteAll(key, set, leaving, expectations);
    }
  }

  private List<ObjectNode> newPods(ObjectNode set, int count) {
    var template = set.path("spec").path("template");
    return Stream.generate(() -> PodControl.fromTemplate(template, kind.kind(), set))
        .limit(count)
        .toList();
  }

  /** The pods of all sets of the same owner, as those of one Deployment. */
  private List<ObjectNode> related(ObjectNode set, List<ObjectNode> own) {
    var owner = ControllerRef.uidOf(set);
    if (owner.isEmpty()) {
      return own;
    }
    var related = new ArrayList<ObjectNode>();
    for (var sibling : sets.byIndex(SharedInformers.BY_CONTROLLER, owner)) {
      pods.byIndex(SharedInformers.BY_CONTROLLER, uid(sibling)).stream()
          .filter(PodState::isActive)
          .forEach(related::add);
    }
    return related;
  }

  private void report(
      ObjectNode set, List<ObjectNode> mine, List<ObjectNode> active, ReplicaFailure failure) {
    var status = ReplicaStatus.of(set, mine, active, failure, clock.instant());
    if (!status.equals(set.path("status"))) {
      var next = set.deepCopy();
      next.set("status", status);
      client.updateStatus(kind.resource(), next);
    }
  }

  private static Result nextLook(ObjectNode set, List<ObjectNode> active, Instant now) {
    return NextAvailable.of(active, set.path("spec").path("minReadySeconds").asInt(), now);
  }

  private static String uid(ObjectNode object) {
    return object.path("metadata").path("uid").asText();
  }
}
