package io.jkube.controller;

import io.jkube.api.ApiException;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiClient;
import io.jkube.client.ListOptions;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who owns whom, of all kinds that are served but events; kinds come and go with {@link
 * #followKinds}. Thread-safe; the informers' threads write.
 */
final class OwnerGraph {
  private static final String BY_OWNER = "owner";

  /** Who is told that something is to be looked at. */
  interface Listener {
    void changed(OwnedObject object);

    void changedDependentOf(String uid);
  }

  private final ApiClient client;
  private final ServedKinds served;
  private final Listener listener;
  private final Map<ServedKinds.Served, Informer<OwnedObject>> informers =
      new ConcurrentHashMap<>();
  private final Map<String, OwnedObject> byUid = new ConcurrentHashMap<>();

  OwnerGraph(ApiClient client, Listener listener) {
    this.client = client;
    this.served = new ServedKinds(client);
    this.listener = listener;
  }

  /**
   * Takes up kinds that came and lets go of those that went. One whose server does not say stays as
   * it is.
   *
   * @param start whether informers of new kinds are started here
   * @return whether every server said what it serves
   */
  boolean followKinds(boolean start) {
    var found = served.find();
    var now =
        found.kinds().stream()
            .filter(kind -> !kind.resource().resource().equals(Resources.EVENTS.resource()))
            .toList();
    for (var kind : Set.copyOf(informers.keySet())) {
      if (!now.contains(kind) && !found.isSilent(kind.resource())) {
        letGo(kind);
      }
    }
    for (var kind : now) {
      if (!informers.containsKey(kind)) {
        var informer = take(kind);
        if (start) {
          informer.start();
        }
      }
    }
    return found.silent().isEmpty();
  }

  private Informer<OwnedObject> take(ServedKinds.Served kind) {
    var informer =
        Informer.of(client, kind.resource(), tree -> OwnedObject.of(kind.resource(), tree))
            .index(BY_OWNER, OwnedObject::ownerUids)
            .build()
            .addHandler(new News());
    informers.put(kind, informer);
    return informer;
  }

  private void letGo(ServedKinds.Served kind) {
    var gone = informers.remove(kind);
    gone.close();
    gone.list().forEach(object -> new News().deleted(object.key(), object));
  }

  Collection<Informer<OwnedObject>> informers() {
    return informers.values();
  }

  /** The object as the copies have it. */
  Optional<OwnedObject> find(String uid) {
    return Optional.ofNullable(byUid.get(uid));
  }

  /** The owner's kind, when it is among those that are followed. */
  Optional<ServedKinds.Served> kindOf(OwnedObject.Owner owner) {
    return informers.keySet().stream()
        .filter(
            known ->
                known.kind().equals(owner.kind().kind())
                    && known.resource().group().equals(owner.kind().group()))
        .findFirst();
  }

  List<OwnedObject> dependents(String uid) {
    var found = new ArrayList<OwnedObject>();
    informers.values().forEach(informer -> found.addAll(informer.byIndex(BY_OWNER, uid)));
    return found;
  }

  /** As the server has them: one that no informer has seen yet would be lost for good. */
  List<OwnedObject> dependentsNow(OwnedObject owner) {
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

  /** Keeps the objects by uid; called by the informers' threads. */
  private final class News implements ObjectHandler<OwnedObject> {
    @Override
    public void added(ObjectKey key, OwnedObject object) {
      byUid.put(object.uid(), object);
      listener.changed(object);
    }

    @Override
    public void updated(ObjectKey key, OwnedObject before, OwnedObject after) {
      if (!before.uid().equals(after.uid())) {
        deleted(key, before);
      }
      added(key, after);
      before.ownerUids().forEach(listener::changedDependentOf);
    }

    @Override
    public void deleted(ObjectKey key, OwnedObject last) {
      byUid.remove(last.uid());
      listener.changed(last);
      last.ownerUids().forEach(listener::changedDependentOf);
    }
  }
}
