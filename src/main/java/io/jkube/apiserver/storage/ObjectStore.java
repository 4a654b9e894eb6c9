package io.jkube.apiserver.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.request.WatchFeed;
import io.jkube.registry.Conversion;
import io.jkube.registry.ResourceDefinition;
import io.jkube.store.Store;
import io.jkube.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The objects of all kinds. Lists and watches come from the watch caches, after they have caught up
 * with what was committed before; writes go to the store under the object's expected revision,
 * after the kind's cache is there, so that none of its changes escapes the watches. Thread-safe.
 */
public final class ObjectStore {
  private static final int CHUNK = 500;

  private final Store store;
  private final WatchCaches caches;
  private final Function<GroupVersionResource, Conversion> conversions;

  /**
   * @param conversions between what is served as a resource and what stands in the store for it
   */
  public ObjectStore(
      Store store, WatchCaches caches, Function<GroupVersionResource, Conversion> conversions) {
    this.store = store;
    this.caches = caches;
    this.conversions = conversions;
  }

  /** The object as of now: asked of the store, shared with the cache where that is as new. */
  public Optional<StoredObject> get(GroupVersionResource resource, ObjectKey key) {
    var place = StorageKeys.key(resource, key);
    var cached = caches.of(resource).get(place);
    return store
        .get(place)
        .map(
            entry ->
                cached
                    .filter(known -> known.revision() == entry.modRevision())
                    .orElseGet(() -> StoredObject.of(entry)))
        .map(found -> found.servedBy(conversions.apply(resource)));
  }

  /** The object as of some moment not long ago. */
  public Optional<StoredObject> cached(GroupVersionResource resource, ObjectKey key) {
    return caches
        .of(resource)
        .get(StorageKeys.key(resource, key))
        .map(found -> found.servedBy(conversions.apply(resource)));
  }

  /** The objects of a namespace (or all, when it is empty) as of some moment not long ago. */
  public List<StoredObject> cached(GroupVersionResource resource, String namespace) {
    return caches.of(resource).list(StorageKeys.prefix(resource, namespace)).items();
  }

  /** The pods of a namespace that are bound to a node, as of some moment not long ago. */
  public List<StoredObject> cachedPodsOf(String node, String namespace) {
    return caches.of(Resources.PODS).indexed(StorageKeys.prefix(Resources.PODS, namespace), node);
  }

  /** Changes whenever {@link #cached} may answer something else. */
  public long lastChange(GroupVersionResource resource) {
    return caches.of(resource).lastRevision();
  }

  /** Waits until {@link #cached} knows of everything that was committed before this call. */
  public void catchUp() {
    caches.awaitNewest();
  }

  /** The objects of a kind, for what must know of every write of this server. */
  public SettledKind settled(GroupVersionResource resource) {
    return new SettledKind(caches, resource);
  }

  /** The object as of {@code revision} or later. */
  public Optional<StoredObject> notBefore(
      GroupVersionResource resource, ObjectKey key, long revision) {
    caches.awaitRevision(revision);
    return cached(resource, key);
  }

  /**
   * The object as of now, or NotFound.
   *
   * @throws ApiException NotFound
   */
  public StoredObject require(GroupVersionResource resource, ObjectKey key) {
    return get(resource, key).orElseThrow(() -> ApiException.notFound(resource, key.name()));
  }

  /** The selected objects. */
  public Listing list(Selection selection, ListOptions options) {
    var conversion = selection.definition().conversion();
    var listing = listStored(selection, options);
    if (conversion == Conversion.NONE) {
      return listing;
    }
    var items = listing.items().stream().map(item -> item.servedBy(conversion)).toList();
    return new Listing(items, listing.revision(), listing.next(), listing.remaining());
  }

  private Listing listStored(Selection selection, ListOptions options) {
    if (!options.next().isEmpty()) {
      var token = ContinueToken.parse(options.next(), selection.prefix());
      long revision =
          token.revision() == ContinueToken.NEWEST ? store.revision() : token.revision();
      return fromStore(selection, token.afterKey(), options.limit(), revision);
    }
    return switch (options.at()) {
      case ListOptions.At.Newest any -> {
        caches.awaitNewest();
        yield fromCache(selection, options.limit());
      }
      case ListOptions.At.NotBefore notBefore -> {
        caches.awaitRevision(notBefore.revision());
        yield fromCache(selection, options.limit());
      }
      case ListOptions.At.Exactly exactly ->
          fromStore(selection, "", options.limit(), exactly.revision());
    };
  }

  private Listing fromCache(Selection selection, int limit) {
    var all = caches.of(selection.definition().resource()).candidates(selection);
    var items = all.items();
    if (!selection.takesAll()) {
      items = items.stream().filter(selection::takes).toList();
    }
    if (limit == 0 || items.size() <= limit) {
      return new Listing(items, all.revision(), "", 0);
    }
    var page = items.subList(0, limit);
    var next = new ContinueToken(all.revision(), page.getLast().key());
    return new Listing(
        page,
        all.revision(),
        next.encoded(selection.prefix()),
        selection.takesAll() ? items.size() - limit : -1);
  }

  private Listing fromStore(Selection selection, String after, int limit, long revision) {
    var items = new ArrayList<StoredObject>();
    var last = after;
    long remaining;
    try {
      do {
        int chunk =
            limit == 0 ? 0 : Math.max(limit - items.size(), selection.takesAll() ? 1 : CHUNK);
        var page = store.list(selection.prefix(), last, chunk, revision);
        remaining = page.remaining();
        for (var entry : page.entries()) {
          if (limit > 0 && items.size() == limit) {
            remaining = Math.max(1, remaining);
            break;
          }
          last = entry.key();
          var object = StoredObject.of(entry);
          if (selection.takes(object)) {
            items.add(object);
          }
        }
      } while (remaining > 0 && limit > 0 && items.size() < limit);
    } catch (StoreException.Compacted gone) {
      throw after.isEmpty()
          ? expired()
          : expired(new ContinueToken(ContinueToken.NEWEST, last), selection);
    } catch (StoreException.FutureRevision future) {
      throw caches.tooLarge(revision);
    }
    boolean more = remaining > 0;
    var next = more ? new ContinueToken(revision, last).encoded(selection.prefix()) : "";
    return new Listing(items, revision, next, !more ? 0 : selection.takesAll() ? remaining : -1);
  }

  private static ApiException expired() {
    return new ApiException(
        StatusReason.EXPIRED, "The resourceVersion for the provided list is too old.");
  }

  /**
   * The pages before are of a state that is forgotten; the client may go on with the newest.
   *
   * @param newest where it would
   */
  private static ApiException expired(ContinueToken newest, Selection selection) {
    var status =
        new ApiException(
                StatusReason.EXPIRED,
                "The provided continue parameter is too old to display a consistent list result."
                    + " You can start a new list without the continue parameter, or use the"
                    + " continue token in this response to retrieve the remainder of the results."
                    + " Continuing with the provided token results in an inconsistent list -"
                    + " objects that were created, modified, or deleted between the time the first"
                    + " chunk was returned and now may show up in the list.")
            .status();
    status.withObject("/metadata").put("continue", newest.encoded(selection.prefix()));
    return ApiException.ofStatus(status);
  }

  /**
   * The changes of the selected objects. Changes that cannot be had are told as an event, as
   * upstream does: from here on a watch has begun.
   */
  public WatchFeed watch(Selection selection, WatchOptions options) {
    try {
      switch (options.start()) {
        case WatchOptions.Start.WithState state when state.notBefore() < 0 -> caches.awaitNewest();
        case WatchOptions.Start.WithState state -> caches.awaitRevision(state.notBefore());
        case WatchOptions.Start.Now now -> caches.awaitNewest();
        case WatchOptions.Start.After after -> {}
      }
      var feed = caches.of(selection.definition().resource()).watch(selection, options);
      var conversion = selection.definition().conversion();
      return conversion == Conversion.NONE ? feed : new ConvertedFeed(feed, conversion);
    } catch (ApiException refused) {
      return new RefusedFeed(refused);
    }
  }

  /**
   * Writes an object that must not exist.
   *
   * @throws ApiException AlreadyExists
   */
  public StoredObject create(ResourceDefinition definition, ObjectKey key, ObjectNode object) {
    caches.of(definition.resource());
    try {
      var stored =
          store.put(
              StorageKeys.key(definition.resource(), key),
              ObjectCodec.encode(definition.conversion().toStored(object)),
              Store.ABSENT,
              definition.strategy().timeToLive(object));
      caches.written(stored.key(), stored.modRevision());
      return StoredObject.of(stored).servedBy(definition.conversion());
    } catch (StoreException.RevisionMismatch there) {
      throw ApiException.alreadyExists(definition.resource(), key.name());
    }
  }

  /**
   * Replaces an object by its next state; writes nothing when they are the same.
   *
   * @throws StoreException.RevisionMismatch when {@code current} is not current any more
   */
  public StoredObject replace(
      ResourceDefinition definition, ObjectKey key, StoredObject current, ObjectNode next) {
    var conversion = definition.conversion();
    var bytes = ObjectCodec.encode(conversion.toStored(next));
    if (java.util.Arrays.equals(current.stored(), bytes)) {
      return current;
    }
    var timeToLive = definition.strategy().timeToLive(next);
    var place = StorageKeys.key(definition.resource(), key);
    var stored = store.put(place, bytes, current.revision(), timeToLive);
    caches.written(place, stored.modRevision());
    return StoredObject.of(stored).servedBy(conversion);
  }

  /**
   * Takes an object away.
   *
   * @return it as it reads in the event of its deletion
   * @throws StoreException.RevisionMismatch when {@code current} is not current any more
   */
  public StoredObject remove(StoredObject current) {
    var deleted = store.delete(current.key(), current.revision());
    deleted.ifPresent(gone -> caches.written(current.key(), gone.revision()));
    return deleted.map(gone -> current.goneAt(gone.revision())).orElse(current);
  }

  /** Ends the watches of a resource, when their clients have read what happened so far. */
  public void endWatches(GroupVersionResource resource) {
    caches.of(resource).endWatches();
  }

  /** What else is stored, for hooks of the kinds. */
  public List<StoredObject> all(ResourceDefinition definition) {
    return list(Selection.all(definition, ""), ListOptions.NEWEST).items();
  }
}
