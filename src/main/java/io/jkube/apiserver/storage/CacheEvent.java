package io.jkube.apiserver.storage;

import io.jkube.apiserver.request.WatchFeed;

/**
 * One change of one object, shared by all watchers of its kind, with its encodings: each is made
 * once, by the first watcher that needs it.
 */
final class CacheEvent {
  private final StoredObject current;
  private final StoredObject previous;
  private final long revision;
  private volatile WatchFeed.Event added;
  private volatile WatchFeed.Event modified;
  private volatile WatchFeed.Event deleted;

  /**
   * @param current null when the object was deleted
   * @param previous null when it was not there
   */
  CacheEvent(StoredObject current, StoredObject previous, long revision) {
    this.current = current;
    this.previous = previous;
    this.revision = revision;
  }

  long revision() {
    return revision;
  }

  /** Null when the object was deleted. */
  StoredObject current() {
    return current;
  }

  /** Null when it was not there. */
  StoredObject previous() {
    return previous;
  }

  String key() {
    return current == null ? previous.key() : current.key();
  }

  /**
   * The event as one watcher sees it: objects that enter its selection are ADDED, those that leave
   * it DELETED; null when the watcher does not see it.
   */
  WatchFeed.Event seenBy(Selection selection) {
    boolean was = previous != null && selection.takes(previous);
    boolean is = current != null && selection.takes(current);
    if (is) {
      return was ? modified() : added();
    }
    return was ? deleted() : null;
  }

  private WatchFeed.Event added() {
    if (added == null) {
      added = new EncodedEvent("ADDED", current);
    }
    return added;
  }

  private WatchFeed.Event modified() {
    if (modified == null) {
      modified = new EncodedEvent("MODIFIED", current);
    }
    return modified;
  }

  private WatchFeed.Event deleted() {
    if (deleted == null) {
      deleted = new EncodedEvent("DELETED", previous.goneAt(revision));
    }
    return deleted;
  }
}
