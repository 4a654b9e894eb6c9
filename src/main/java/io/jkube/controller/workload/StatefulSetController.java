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
import io.jkube.client.DeleteOptions;
import io.jkube.client.EventRecorder;
import io.jkube.client.Patch;
import io.jkube.client.informer.Informer;
import io.jkube.controller.runtime.ControllerRef;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.Reconciler;
import io.jkube.controller.runtime.Result;
import io.jkube.controller.runtime.SharedInformers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Keeps the pods of a StatefulSet: each with a name, a place in the order and volumes of its own.
 * What is due next is {@link StatefulPlan}'s to say; this does it, and writes down. Names make
 * every step safe to take twice, so that a copy of the cluster that is behind does no harm.
 */
public final class StatefulSetController implements Reconciler {
  public static final String NAME = "statefulset-controller";

  static final GroupVersionKind KIND = new GroupVersionKind("apps", "v1", "StatefulSet");

  private static final GroupVersionResource SETS =
      new GroupVersionResource("apps", "v1", "statefulsets");
  private static final int WORKERS = 5;

  /** How long until a claim that is on its way out is looked at again. */
  private static final Duration CLAIM_WAIT = Duration.ofSeconds(1);

  private final ApiClient client;
  private final InstantSource clock;
  private final EventRecorder events;
  private final Informer<ObjectNode> sets;
  private final Informer<ObjectNode> pods;
  private final Claims claims;
  private final RevisionHistory history;
  private final StatefulClaims volumes;

  private StatefulSetController(ApiClient client, SharedInformers informers, InstantSource clock) {
    this.client = client;
    this.clock = clock;
    this.events = new EventRecorder(client, clock, NAME, "");
    this.sets = informers.of(SETS);
    this.pods = informers.of(Resources.PODS);
    this.claims = new Claims(client, Resources.PODS, pods);
    this.history =
        RevisionHistory.of(client, informers, KIND, SETS, "controller.kubernetes.io/hash");
    this.volumes = new StatefulClaims(client, events);
  }

  public static ControllerRunner runner(
      ApiClient client, SharedInformers informers, InstantSource clock) {
    var controller = new StatefulSetController(client, informers, clock);
    var runner = new ControllerRunner(NAME, controller, WORKERS, clock);
    var none = new Expectations();
    return runner
        .owns(controller.events)
        .follow(controller.sets, ChangedOwners.of(runner))
        .follow(
            controller.pods,
            new OwnedPods(
                KIND,
                controller.sets,
                controller.pods,
                StatefulSetController::selector,
                none,
                runner))
        .follow(controller.history.claims().informer(), ChangedOwners.ignored());
  }

  private static LabelSelector selector(ObjectNode set) {
    return LabelSelector.of(set.path("spec").get("selector"));
  }

  @Override
  public Result reconcile(ObjectKey key) throws InterruptedException {
    var found = sets.get(key);
    if (found.isEmpty()) {
      return Result.done();
    }
    var set = found.get();
    var selector = selector(set);
    var mine =
        claims.claim(
            set,
            KIND,
            SETS,
            pod -> selector.selects(pod) && StatefulIdentity.ordinal(set, pod) >= 0);
    var known = history.of(set);
    if (PodState.isDeleting(set) && known.isEmpty()) {
      return Result.done();
    }
    var present = history.present(set, known);
    var current = current(set, known, present);
    boolean waiting;
    try {
      waiting = act(set, mine, current, present);
    } finally {
      report(set, mine, current, present);
    }
    forgetOldest(set, mine, known, current, present);
    return waiting ? Result.after(CLAIM_WAIT) : nextLook(set, mine);
  }

  /** The revision that a rollout comes from; the present one where none is known. */
  private static ObjectNode current(
      ObjectNode set, List<ObjectNode> known, RevisionHistory.Present present) {
    var name = set.path("status").path("currentRevision").asText();
    return known.stream()
        .filter(revision -> RevisionHistory.name(revision).equals(name))
        .findFirst()
        .orElse(present.revision());
  }

  /** True when a pod could not be made yet because its claim is still on its way out. */
  private boolean act(
      ObjectNode set, List<ObjectNode> mine, ObjectNode current, RevisionHistory.Present present)
      throws InterruptedException {
    if (PodState.isDeleting(set)) {
      return false;
    }
    mine.stream().filter(PodState::isActive).forEach(pod -> keep(set, pod));
    var plan = StatefulPlan.of(set, mine, present.name(), clock.instant());
    SlowStart.forEach(plan.delete(), pod -> delete(set, pod));
    var next =
        plan.create().stream()
            .map(
                ordinal ->
                    StatefulIdentity.newPod(
                        set,
                        StatefulPlan.isBeforePartition(set, ordinal) ? current : present.revision(),
                        ordinal))
            .toList();
    var ready = next.stream().filter(pod -> volumes.prepare(set, pod)).toList();
    SlowStart.forEach(ready, pod -> create(set, pod));
    return ready.size() < next.size();
  }

  /** Keeps a pod who it is, and its claims whose they are. */
  private void keep(ObjectNode set, ObjectNode pod) {
    if (PodState.phase(pod).equals("Pending")) {
      volumes.prepare(set, pod);
    }
    volumes.followPolicy(set, pod);
    var lost = StatefulIdentity.lost(set, pod);
    if (!lost.isEmpty()) {
      client.patch(Resources.PODS, Json.key(pod), Patch.strategic(lost));
      tell(set, "update", pod);
    }
  }

  private void create(ObjectNode set, ObjectNode pod) {
    try {
      client.create(Resources.PODS, pod);
      tell(set, "create", pod);
    } catch (ApiException refused) {
      boolean expected =
          refused.reason() == StatusReason.ALREADY_EXISTS && isThere(set, pod)
              || PodControl.isEndOfNamespace(refused);
      if (!expected) {
        tellFailure(set, "create", pod, refused);
        throw refused;
      }
    }
  }

  /** Whether the set's pod is there already, which the copy does not show yet. */
  private boolean isThere(ObjectNode set, ObjectNode pod) {
    var uid = set.path("metadata").path("uid").asText();
    return client
        .find(Resources.PODS, Json.key(pod))
        .filter(there -> ControllerRef.uidOf(there).equals(uid))
        .isPresent();
  }

  private void delete(ObjectNode set, ObjectNode pod) {
    try {
      var uid = pod.path("metadata").path("uid").asText();
      client.delete(Resources.PODS, Json.key(pod), DeleteOptions.ofUid(uid));
      tell(set, "delete", pod);
    } catch (ApiException refused) {
      if (refused.reason() != StatusReason.NOT_FOUND && refused.reason() != StatusReason.CONFLICT) {
        tellFailure(set, "delete", pod, refused);
        throw refused;
      }
    }
  }

  private void tell(ObjectNode set, String verb, ObjectNode pod) {
    events.normal(
        ObjectReference.to(set), "Successful" + titled(verb), about(set, verb, pod) + "successful");
  }

  private void tellFailure(ObjectNode set, String verb, ObjectNode pod, ApiException failure) {
    events.warning(
        ObjectReference.to(set),
        "Failed" + titled(verb),
        about(set, verb, pod) + "failed error: " + failure.getMessage());
  }

  private static String about(ObjectNode set, String verb, ObjectNode pod) {
    return "%s Pod %s in StatefulSet %s "
        .formatted(verb, StatefulIdentity.name(pod), StatefulIdentity.name(set));
  }

  private static String titled(String verb) {
    return Character.toUpperCase(verb.charAt(0)) + verb.substring(1);
  }

  private void report(
      ObjectNode set, List<ObjectNode> mine, ObjectNode current, RevisionHistory.Present present) {
    var status =
        StatefulStatus.of(set, mine, RevisionHistory.name(current), present, clock.instant());
    if (!status.equals(set.path("status"))) {
      var next = set.deepCopy();
      next.set("status", status);
      client.updateStatus(SETS, next);
    }
  }

  private void forgetOldest(
      ObjectNode set,
      List<ObjectNode> mine,
      List<ObjectNode> known,
      ObjectNode current,
      RevisionHistory.Present present) {
    var inUse = mine.stream().map(StatefulStatus::revision).collect(Collectors.toSet());
    inUse.add(RevisionHistory.name(current));
    inUse.add(present.name());
    history.forgetOldest(set, known, each -> inUse.contains(RevisionHistory.name(each)));
  }

  private Result nextLook(ObjectNode set, List<ObjectNode> mine) {
    return NextAvailable.of(
        mine, set.path("spec").path("minReadySeconds").asInt(), clock.instant());
  }
}
