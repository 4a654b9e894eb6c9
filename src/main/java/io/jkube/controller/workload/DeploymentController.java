package io.jkube.controller.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionKind;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.LabelSelector;
import io.jkube.api.ObjectKey;
import io.jkube.api.ObjectReference;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiClient;
import io.jkube.client.EventRecorder;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.controller.runtime.ControllerRef;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.Reconciler;
import io.jkube.controller.runtime.Result;
import io.jkube.controller.runtime.SharedInformers;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;

/**
 * Rolls a Deployment out: a ReplicaSet for each template it ever had, the present one growing while
 * the others shrink. A look takes one step; that the step was taken is seen as a change of a set,
 * which calls for the next.
 */
public final class DeploymentController implements Reconciler {
  public static final String NAME = "deployment-controller";

  static final GroupVersionKind KIND = new GroupVersionKind("apps", "v1", "Deployment");

  private static final GroupVersionResource DEPLOYMENTS =
      new GroupVersionResource("apps", "v1", "deployments");
  private static final GroupVersionResource REPLICA_SETS = ReplicaKind.REPLICA_SET.resource();
  private static final int WORKERS = 5;

  private final ApiClient client;
  private final InstantSource clock;
  private final EventRecorder events;
  private final Informer<ObjectNode> deployments;
  private final Informer<ObjectNode> sets;
  private final Informer<ObjectNode> pods;
  private final Claims claims;

  private DeploymentController(ApiClient client, SharedInformers informers, InstantSource clock) {
    this.client = client;
    this.clock = clock;
    this.events = new EventRecorder(client, clock, NAME, "");
    this.deployments = informers.of(DEPLOYMENTS);
    this.sets = informers.of(REPLICA_SETS);
    this.pods = informers.of(Resources.PODS);
    this.claims = new Claims(client, REPLICA_SETS, sets);
  }

  public static ControllerRunner runner(
      ApiClient client, SharedInformers informers, InstantSource clock) {
    var controller = new DeploymentController(client, informers, clock);
    var runner = new ControllerRunner(NAME, controller, WORKERS, clock);
    return runner
        .owns(controller.events)
        .follow(controller.deployments, ChangedOwners.of(runner))
        .follow(
            controller.sets,
            ObjectHandler.onEvery((key, set) -> controller.ownersOf(set).forEach(runner::enqueue)))
        .follow(controller.pods, new LastPodsOfRecreation(controller.sets, runner));
  }

  @Override
  public Result reconcile(ObjectKey key) {
    var found = deployments.get(key);
    if (found.isEmpty()) {
      return Result.done();
    }
    var deployment = found.get();
    var selector = LabelSelector.of(deployment.path("spec").get("selector"));
    var rollout = Rollout.of(deployment, claims.claim(deployment, KIND, DEPLOYMENTS, selector));
    if (PodState.isDeleting(deployment)) {
      return report(rollout, false);
    }
    if (deployment.path("spec").path("paused").asBoolean()) {
      apply(rollout, rollout.scaled());
      return report(rollout, false);
    }
    if (rollout.isBeingScaled()) {
      apply(rollout, rollout.scaled());
      return report(rollout, false);
    }
    return rollout.isRolling() ? roll(rollout) : recreate(rollout);
  }

  private Result roll(Rollout rollout) {
    if (rollout.current().isEmpty()) {
      return begin(rollout);
    }
    if (refresh(rollout)) {
      return report(rollout, true);
    }
    var up = rollout.nextOfCurrent();
    apply(rollout, up.isPresent() ? List.of(up.get()) : rollout.nextOfOld());
    return report(rollout, true);
  }

  /** First nothing of the old, then the new. */
  private Result recreate(Rollout rollout) {
    var down = rollout.withoutOld();
    if (!down.isEmpty()) {
      apply(rollout, down);
      return report(rollout, true);
    }
    if (rollout.old().stream().anyMatch(this::hasPods)) {
      return report(rollout, true);
    }
    if (rollout.current().isEmpty()) {
      return begin(rollout);
    }
    if (!refresh(rollout)) {
      apply(rollout, rollout.nextOfCurrent().stream().toList());
    }
    return report(rollout, true);
  }

  private boolean hasPods(ObjectNode set) {
    return pods
        .byIndex(SharedInformers.BY_CONTROLLER, set.path("metadata").path("uid").asText())
        .stream()
        .anyMatch(pod -> !PodState.hasEnded(pod));
  }

  /** Makes the set of the present template. Its name may be taken: then by another hash. */
  private Result begin(Rollout rollout) {
    var deployment = rollout.deployment();
    int collisions = deployment.path("status").path("collisionCount").asInt();
    var set = ReplicaSetRevisions.create(rollout, rollout.roomForCurrent(), collisions);
    try {
      client.create(REPLICA_SETS, set);
    } catch (ApiException refused) {
      if (refused.reason() != StatusReason.ALREADY_EXISTS) {
        throw refused;
      }
      return isOurs(set, deployment) ? Result.done() : collide(rollout, collisions + 1);
    }
    int replicas = Rollout.replicas(set);
    if (replicas > 0) {
      tellScaled(deployment, set, 0, replicas);
    }
    var status = new DeploymentStatus(rollout, clock.instant());
    status.found("NewReplicaSetCreated", "Created new replica set \"" + Rollout.name(set) + "\"");
    update(deployment, status.compute(false, collisions), ReplicaSetRevisions.revision(set));
    return Result.done();
  }

  /** Whether the set of that name is the wanted one, which the copy does not show yet. */
  private boolean isOurs(ObjectNode set, ObjectNode deployment) {
    return client
        .find(REPLICA_SETS, Json.key(set))
        .filter(
            there ->
                ControllerRef.uidOf(there).equals(deployment.path("metadata").path("uid").asText()))
        .filter(
            there ->
                PodTemplateHash.sameTemplate(
                    there.path("spec").path("template"), set.path("spec").path("template")))
        .isPresent();
  }

  private Result collide(Rollout rollout, int collisions) {
    var status = new DeploymentStatus(rollout, clock.instant()).compute(false, collisions);
    update(rollout.deployment(), status, 0);
    return Result.done();
  }

  /**
   * Keeps revision, size and the Deployment's annotations on the current set. True when it had to:
   * the change calls for the next look, which goes on from there.
   */
  private boolean refresh(Rollout rollout) {
    var set = rollout.current().orElseThrow();
    var next = ReplicaSetRevisions.annotate(set.deepCopy(), rollout);
    int minReadySeconds = rollout.deployment().path("spec").path("minReadySeconds").asInt();
    if (next.path("spec").path("minReadySeconds").asInt() != minReadySeconds) {
      next.withObject("spec").put("minReadySeconds", minReadySeconds);
    }
    if (next.equals(set)) {
      return false;
    }
    client.update(REPLICA_SETS, next);
    return true;
  }

  private void apply(Rollout rollout, List<Rollout.Scale> changes) {
    for (var change : changes) {
      var next = change.set().deepCopy();
      next.withObject("spec").put("replicas", change.replicas());
      ReplicaSetRevisions.annotateSize(next, rollout);
      client.update(REPLICA_SETS, next);
      int before = Rollout.replicas(change.set());
      if (before != change.replicas()) {
        tellScaled(rollout.deployment(), next, before, change.replicas());
      }
    }
  }

  private void tellScaled(ObjectNode deployment, ObjectNode set, int from, int to) {
    events.normal(
        ObjectReference.to(deployment),
        "ScalingReplicaSet",
        "Scaled "
            + (to > from ? "up" : "down")
            + " replica set "
            + Rollout.name(set)
            + " from "
            + from
            + " to "
            + to);
  }

  private Result report(Rollout rollout, boolean rolling) {
    var deployment = rollout.deployment();
    var status = new DeploymentStatus(rollout, clock.instant());
    status.notePause(deployment.path("spec").path("paused").asBoolean());
    int collisions = deployment.path("status").path("collisionCount").asInt();
    var computed = status.compute(rolling, collisions);
    if (status.isComplete()) {
      forgetOldest(rollout);
    }
    long revision = rollout.current().map(ReplicaSetRevisions::revision).orElse(0L);
    update(deployment, computed, revision);
    return status.untilDeadline().map(Result::after).orElse(Result.done());
  }

  /** Deletes the oldest sets beyond those that are kept to go back to. */
  private void forgetOldest(Rollout rollout) {
    int keep = rollout.deployment().path("spec").path("revisionHistoryLimit").asInt(10);
    var idle =
        rollout.old().stream()
            .filter(set -> !PodState.isDeleting(set))
            .sorted(Comparator.comparingLong(ReplicaSetRevisions::revision))
            .toList();
    idle.stream()
        .limit(Math.max(0, idle.size() - keep))
        .filter(DeploymentController::isEmpty)
        .forEach(set -> client.resource(REPLICA_SETS).delete(Json.key(set)));
  }

  private static boolean isEmpty(ObjectNode set) {
    var status = set.path("status");
    return Rollout.replicas(set) == 0
        && status.path("replicas").asInt() == 0
        && status.path("observedGeneration").asLong()
            >= set.path("metadata").path("generation").asLong();
  }

  /**
   * Writes what differs: the revision is an annotation, beside the status.
   *
   * @param revision 0 when there is none to tell
   */
  private void update(ObjectNode deployment, ObjectNode status, long revision) {
    var latest = deployment;
    if (revision > 0 && ReplicaSetRevisions.revision(deployment) != revision) {
      var next = deployment.deepCopy();
      next.withObject("metadata")
          .withObject("annotations")
          .put(ReplicaSetRevisions.REVISION, Long.toString(revision));
      latest = client.update(DEPLOYMENTS, next);
    }
    if (!status.equals(deployment.path("status"))) {
      var next = latest.deepCopy();
      next.set("status", status);
      client.updateStatus(DEPLOYMENTS, next);
    }
  }

  /** The Deployment that controls the set, or those that could adopt it. */
  private List<ObjectKey> ownersOf(ObjectNode set) {
    var namespace = set.path("metadata").path("namespace").asText();
    var ref = ControllerRef.of(set);
    if (ref.isPresent()) {
      return ref.get().path("kind").asText().equals(KIND.kind())
          ? List.of(new ObjectKey(namespace, ref.get().path("name").asText()))
          : List.of();
    }
    return deployments.list(namespace).stream()
        .filter(each -> LabelSelector.of(each.path("spec").get("selector")).selects(set))
        .map(Json::key)
        .toList();
  }
}
