package io.jkube.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiClient;
import io.jkube.client.DeleteOptions;
import io.jkube.client.Patch;
import io.jkube.client.informer.Informer;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.Reconciler;
import io.jkube.controller.runtime.Result;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Deletes objects whose owners are all gone, and carries out the deletions that wait for dependents
 * (foreground) or leave them behind (orphan). The names it works on are uids.
 *
 * <p>It looks after all kinds that are served, but for events; custom resources as they come and
 * go.
 */
final class OwnerGc implements Reconciler {
  static final String NAME = "generic-garbage-collector";

  /** Stands in the queue for: look which kinds are served. No uid has a namespace. */
  private static final ObjectKey KINDS = new ObjectKey("served", "kinds");

  /** After which servers that did not say what they serve are asked again. */
  static final Duration NEXT_LOOK_AT_KINDS = Duration.ofSeconds(30);

  /**
   * For the lists of all kinds; as upstream's. One that cannot be had holds up the others so long.
   */
  private static final Duration LONGEST_SYNC = Duration.ofSeconds(30);

  private static final int WORKERS = 4;

  private final ApiClient client;
  private final OwnerGraph graph;

  /** Uids of objects with an owner of a kind that is not followed: judged again when kinds come. */
  private final Set<String> undecided = ConcurrentHashMap.newKeySet();

  private final ControllerRunner runner;

  private OwnerGc(ApiClient client, InstantSource clock, Duration longestSync) {
    this.client = client;
    this.runner = new ControllerRunner(NAME, this, WORKERS, clock).awaitAtMost(longestSync);
    this.graph = new OwnerGraph(client, new News());
    if (!graph.followKinds(false)) {
      runner.enqueueAfter(KINDS, NEXT_LOOK_AT_KINDS);
    }
    graph.informers().forEach(runner::read);
    runner.owns(() -> graph.informers().forEach(Informer::close));
  }

  static ControllerRunner runner(ApiClient client, InstantSource clock) {
    return runner(client, clock, LONGEST_SYNC);
  }

  static ControllerRunner runner(ApiClient client, InstantSource clock, Duration longestSync) {
    return new OwnerGc(client, clock, longestSync).runner;
  }

  @Override
  public Result reconcile(ObjectKey name) {
    if (name.equals(KINDS)) {
      return followKinds();
    }
    var uid = name.name();
    var found = graph.find(uid);
    if (found.isEmpty()) {
      undecided.remove(uid);
      graph.dependents(uid).forEach(this::enqueue);
      return Result.done();
    }
    var object = found.get();
    if (object.isOrphaning()) {
      graph.dependentsNow(object).forEach(dependent -> forgetOwners(dependent, Set.of(uid)));
      removeFinalizer(object, OwnedObject.ORPHAN);
    } else if (object.waitsForDependents()) {
      endDependents(object);
    } else if (!object.deleting() && !object.owners().isEmpty()) {
      judge(object);
    }
    return Result.done();
  }

  private Result followKinds() {
    boolean allSaid = graph.followKinds(true);
    for (var uid : Set.copyOf(undecided)) {
      undecided.remove(uid);
      runner.enqueue(ObjectKey.cluster(uid));
    }
    return allSaid ? Result.done() : Result.after(NEXT_LOOK_AT_KINDS);
  }

  private void endDependents(OwnedObject owner) {
    var dependents = graph.dependents(owner.uid());
    boolean blocked =
        dependents.stream()
            .filter(dependent -> dependent.blocks(owner.uid()))
            .anyMatch(dependent -> !owns(dependent, owner.uid(), new HashSet<>()));
    if (!blocked) {
      removeFinalizer(owner, OwnedObject.FOREGROUND);
    }
    dependents.forEach(this::enqueue);
  }

  /**
   * Whether an object owns another, itself or through others: of two that own each other one has to
   * go first.
   *
   * @param seen uids that were looked at
   */
  private boolean owns(OwnedObject object, String uid, Set<String> seen) {
    return seen.add(object.uid())
        && graph.dependents(object.uid()).stream()
            .anyMatch(dependent -> dependent.uid().equals(uid) || owns(dependent, uid, seen));
  }

  /** An object lives as long as one of its owners does. */
  private void judge(OwnedObject object) {
    var ending = new HashSet<String>();
    boolean owned = false;
    boolean awaited = false;
    for (var owner : object.owners()) {
      var known = graph.find(owner.uid()).orElse(null);
      if (known != null && !object.mayBeOwnedFrom(known.key().namespace())) {
        known = null;
      }
      if (known != null && known.waitsForDependents()) {
        ending.add(owner.uid());
        awaited = true;
      } else if (known != null || isThere(object, owner)) {
        owned = true;
      } else {
        ending.add(owner.uid());
      }
    }
    if (!owned) {
      delete(object, awaited && !graph.dependents(object.uid()).isEmpty());
    } else if (!ending.isEmpty()) {
      forgetOwners(object, ending);
    }
  }

  /**
   * Asks the server itself. An owner that cannot be looked up counts as there: one of a kind that
   * is not served, or the namespaced owner of an object without a namespace.
   */
  private boolean isThere(OwnedObject object, OwnedObject.Owner owner) {
    var kind = graph.kindOf(owner);
    if (kind.isEmpty()) {
      undecided.add(object.uid());
      // the kinds may have come between the look and the note
      kind = graph.kindOf(owner);
      if (kind.isEmpty()) {
        return true;
      }
    }
    var namespace = kind.get().namespaced() ? object.key().namespace() : "";
    if (kind.get().namespaced() && namespace.isEmpty()) {
      return true;
    }
    return client
        .find(kind.get().resource(), new ObjectKey(namespace, owner.name()))
        .filter(found -> found.at("/metadata/uid").asText().equals(owner.uid()))
        .isPresent();
  }

  /** Nothing when it was changed meanwhile, and may have lost its owners: it is judged again. */
  private void delete(OwnedObject object, boolean foreground) {
    var policy =
        object.finalizers().contains(OwnedObject.ORPHAN)
            ? DeleteOptions.Propagation.ORPHAN
            : foreground || object.finalizers().contains(OwnedObject.FOREGROUND)
                ? DeleteOptions.Propagation.FOREGROUND
                : DeleteOptions.Propagation.BACKGROUND;
    try {
      client.delete(
          object.resource(),
          object.key(),
          DeleteOptions.ofUid(object.uid())
              .withResourceVersion(object.version())
              .withPropagation(policy));
    } catch (ApiException failure) {
      if (failure.reason() != StatusReason.NOT_FOUND && failure.reason() != StatusReason.CONFLICT) {
        throw failure;
      }
    }
  }

  private void forgetOwners(OwnedObject object, Set<String> uids) {
    keepOf(object, "ownerReferences", owner -> !uids.contains(owner.path("uid").asText()));
  }

  private void removeFinalizer(OwnedObject object, String finalizer) {
    keepOf(object, "finalizers", there -> !there.asText().equals(finalizer));
  }

  /** Shortens a list in the metadata of the object as it is now; Conflict when it changes. */
  private void keepOf(OwnedObject object, String list, Predicate<JsonNode> wanted) {
    var current = client.find(object.resource(), object.key());
    if (current.isEmpty() || !uid(current.get()).equals(object.uid())) {
      return;
    }
    var metadata = current.get().path("metadata");
    var change = Json.object();
    var kept =
        change
            .putObject("metadata")
            .put("uid", object.uid())
            .put("resourceVersion", metadata.path("resourceVersion").asText())
            .putArray(list);
    for (var entry : metadata.path(list)) {
      if (wanted.test(entry)) {
        kept.add(entry);
      }
    }
    if (kept.size() < metadata.path(list).size()) {
      client.patch(object.resource(), object.key(), Patch.merge(change));
    }
  }

  private static String uid(ObjectNode object) {
    return object.at("/metadata/uid").asText();
  }

  private void enqueue(OwnedObject object) {
    if (object.resource().equals(Resources.CUSTOM_RESOURCE_DEFINITIONS)
        || object.resource().equals(Resources.API_SERVICES)) {
      runner.enqueue(KINDS);
    }
    runner.enqueue(ObjectKey.cluster(object.uid()));
  }

  private final class News implements OwnerGraph.Listener {
    @Override
    public void changed(OwnedObject object) {
      enqueue(object);
    }

    @Override
    public void changedDependentOf(String uid) {
      runner.enqueue(ObjectKey.cluster(uid));
    }
  }
}
