package io.jkube.apiserver.storage;

import io.jkube.api.GroupVersionResource;
import io.jkube.api.ObjectKey;
import java.util.List;
import java.util.Optional;

/**
 * The objects of one kind out of the watch cache, with all that this server wrote before it is
 * asked: for what configures the server itself. Nearly always two volatile reads; waits only right
 * after such a write. Thread-safe.
 */
public final class SettledKind {
  private final WatchCaches caches;
  private final GroupVersionResource resource;
  private volatile WatchCache cache;

  SettledKind(WatchCaches caches, GroupVersionResource resource) {
    this.caches = caches;
    this.resource = resource;
  }

  /**
   * Differs whenever {@link #list} and {@link #get} may answer something else.
   *
   * @throws io.jkube.api.ApiException Timeout when the cache does not catch up in time
   */
  public long revision() {
    return settled().lastRevision();
  }

  /** The objects of a namespace; all, when it is empty. */
  public List<StoredObject> list(String namespace) {
    return settled().list(StorageKeys.prefix(resource, namespace)).items();
  }

  public Optional<StoredObject> get(ObjectKey key) {
    return settled().get(StorageKeys.key(resource, key));
  }

  private WatchCache settled() {
    var own = cache;
    if (own == null) {
      own = caches.of(resource);
      cache = own;
    }
    caches.awaitRevision(own.lastWritten());
    return own;
  }
}
