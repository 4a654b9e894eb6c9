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
import io.jkube.client.ListOptions;
import io.jkube.client.Patch;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.Reconciler;
import io.jkube.controller.runtime.Result;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private static final String BY_OWNER = "owner";

  /** Stands in the queue for: look which kinds are served. No uid has a namespace. */
  private static final ObjectKey KINDS = new ObjectKey("served", "kinds");

  private static final int WORKERS = 4;

  private final ApiClient client;
  private final ServedKinds served;
  private final Map<ServedKinds.Served, Informer<OwnedObject>> informers =
      new ConcurrentHashMap<>();
  private final Map<String, OwnedObject> byUid = new ConcurrentHashMap<>();

  /** Uids of objects with an owner of a kind that is not followed: judged again when kinds come. */
  private final Set<String> undecided = ConcurrentHashMap.newKeySet();

  private final ControllerRunner runner;

  private OwnerGc(ApiClient client, InstantSource clock) {
    this.client = client;
    this.runner = new ControllerRunner(NAME, this, WORKERS, clock);
    this.served = new ServedKinds(client);
    for (var kind : kinds()) {
      runner.watch(informer(kind), new Graph());
    }
    runner.owns(() -> informers.values().forEach(Informer::close));
  }

  private List<ServedKinds.Served> kinds() {
    return served.deletable().stream()
        .filter(kind -> !kind.resource().resource().equals(Resources.EVENTS.resource()))
        .toList();
  }

  private Informer<OwnedObject> informer(ServedKinds.Served kind) {
    var informer =
        Informer.of(client, kind.resource(), tree -> OwnedObject.of(kind.resource(), tree))
            .index(BY_OWNER, OwnedObject::ownerUids)
            .build();
    informers.put(kind, informer);
    return informer;
  }

  /** Takes up kinds that came and lets go of those that went. */
  private void followKinds() {
    var now = kinds();
    for (var kind : Set.copyOf(informers.keySet())) {
      if (!now.contains(kind)) {
        var gone = informers.remove(kind);
        gone.close();
        gone.list().forEach(object -> new Graph().deleted(object.key(), object));
      }
    }
    for (var kind : now) {
      if (!informers.containsKey(kind)) {
        informer(kind).addHandler(new Graph()).start();
      }
    }
    for (var uid : Set.copyOf(undecided)) {
      undecided.remove(uid);
      runner.enqueue(ObjectKey.cluster(uid));
    }
  }

  static ControllerRunner runner(ApiClient client, InstantSource clock) {
    return new OwnerGc(client, clock).runner;
  }

  @Override
  public Result reconcile(ObjectKey name) {
    if (name.equals(KINDS)) {
      followKinds();
      return Result.done();
    }
    var uid = name.name();
    var object = byUid.get(uid);
    if (object == null) {
      dependents(uid).forEach(this::enqueue);
    } else if (object.isOrphaning()) {
      dependentsNow(object).forEach(dependent -> forgetOwners(dependent, Set.of(uid)));
      removeFinalizer(object, OwnedObject.ORPHAN);
    } else if (object.waitsForDependents()) {
      endDependents(object);
    } else if (!object.deleting() && !object.owners().isEmpty()) {
      judge(object);
    }
    return Result.done();
  }

  private void endDependents(OwnedObject owner) {
    var dependents = dependents(owner.uid());
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
        && dependents(object.uid()).stream()
            .anyMatch(dependent -> dependent.uid().equals(uid) || owns(dependent, uid, seen));
  }

  /** An object lives as long as one of its owners does. */
  private void judge(OwnedObject object) {
    var ending = new HashSet<String>();
    boolean owned = false;
    boolean awaited = false;
    for (var owner : object.owners()) {
      var known = byUid.get(owner.uid());
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
      delete(object, awaited && !dependents(object.uid()).isEmpty());
    } else if (!ending.isEmpty()) {
      forgetOwners(object, ending);
    }
  }

  /**
   * Asks the server itself. An owner that cannot be looked up counts as there: one of a kind that
   * is not served, or the namespaced owner of an object without a namespace.
   */
  private boolean isThere(OwnedObject object, OwnedObject.Owner owner) {
    var kind = followed(owner);
    if (kind.isEmpty()) {
      undecided.add(object.uid());
      // the kinds may have come between the look and the note
      kind = followed(owner);
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

  private Optional<ServedKinds.Served> followed(OwnedObject.Owner owner) {
    return informers.keySet().stream()
        .filter(
            known ->
                known.kind().equals(owner.kind().kind())
                    && known.resource().group().equals(owner.kind().group()))
        .findFirst();
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

  private List<OwnedObject> dependents(String uid) {
    var found = new ArrayList<OwnedObject>();
    informers.values().forEach(informer -> found.addAll(informer.byIndex(BY_OWNER, uid)));
    return found;
  }

  /** As the server has them: one that no informer has seen yet would be lost for good. */
  private List<OwnedObject> dependentsNow(OwnedObject owner) {
    var found = new ArrayList<OwnedObject>();
    for (var kind : informers.keySet()) {
      if (kind.namespaced() || owner.key().namespace().isEmpty()) {
        objects(kind, owner.key().namespace()).stream()
            .filter(object -> object.ownerUids().contains(owner.uid()))
            .forEach(found::add);
      }
    }
    return found;
  }

  /** None when the kind went a moment ago. */
  private List<OwnedObject> objects(ServedKinds.Served kind, String namespace) {
    try {
      return client.list(kind.resource(), namespace, ListOptions.ALL).items().stream()
          .map(tree -> OwnedObject.of(kind.resource(), tree))
          .toList();
    } catch (ApiException failure) {
      if (failure.reason() == StatusReason.NOT_FOUND) {
        return List.of();
      }
      throw failure;
    }
  }

  private void enqueue(OwnedObject object) {
    if (object.resource().equals(Resources.CUSTOM_RESOURCE_DEFINITIONS)) {
      runner.enqueue(KINDS);
    }
    runner.enqueue(ObjectKey.cluster(object.uid()));
  }

  /** Keeps the objects by uid; called by the informers' threads. */
  private final class Graph implements ObjectHandler<OwnedObject> {
    @Override
    public void added(ObjectKey key, OwnedObject object) {
      byUid.put(object.uid(), object);
      enqueue(object);
    }

    @Override
    public void updated(ObjectKey key, OwnedObject before, OwnedObject after) {
      if (!before.uid().equals(after.uid())) {
        deleted(key, before);
      }
      added(key, after);
      before.ownerUids().forEach(owner -> runner.enqueue(ObjectKey.cluster(owner)));
    }

    @Override
    public void deleted(ObjectKey key, OwnedObject last) {
      byUid.remove(last.uid());
      undecided.remove(last.uid());
      enqueue(last);
      last.ownerUids().forEach(owner -> runner.enqueue(ObjectKey.cluster(owner)));
    }
  }
}
