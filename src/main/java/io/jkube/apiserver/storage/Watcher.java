package io.jkube.apiserver.storage;

import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import io.jkube.apiserver.request.TreeDocument;
import io.jkube.apiserver.request.WatchFeed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One watch: a bounded queue that the feed's thread fills without ever waiting, and that the
 * client's thread drains. The selection is decided on the client's thread. A watcher whose queue is
 * full is ended with 410, so that its client lists afresh.
 */
final class Watcher implements WatchFeed {
  static final int MAX_QUEUED_EVENTS = 8192;
  private static final long BOOKMARK_INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Selection selection;
  private final WatchOptions options;
  private final LongSupplier progress;
  private final Consumer<Watcher> onClose;
  private final String prefix;
  private final boolean one;
  private final long deadline;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private List<CacheEvent> queue = new ArrayList<>();
  private boolean closed;
  private boolean ending;
  private ApiException failure;

  /** The rest is the reading thread's alone. */
  private List<StoredObject> state;

  private long lastRevision;
  private long nextBookmark;
  private boolean finished;

  /**
   * @param state what to send first as ADDED; null for nothing
   * @param revision that of the state, or the one after which events are wanted
   * @param progress up to which revision every event was offered
   */
  Watcher(
      Selection selection,
      WatchOptions options,
      List<StoredObject> state,
      long revision,
      LongSupplier progress,
      Consumer<Watcher> onClose) {
    this.selection = selection;
    this.options = options;
    this.progress = progress;
    this.onClose = onClose;
    var only = selection.onlyKey();
    this.one = only.isPresent();
    this.prefix = only.orElseGet(selection::prefix);
    this.state = state;
    this.lastRevision = revision;
    long now = System.nanoTime();
    this.deadline = now + options.timeout().toNanos();
    this.nextBookmark = now + BOOKMARK_INTERVAL_NANOS;
  }

  Selection selection() {
    return selection;
  }

  /** Called by the feed, in the order of revisions; never waits. */
  void offer(CacheEvent event) {
    if (!isAbout(event.key())) {
      return;
    }
    lock.lock();
    try {
      if (closed || failure != null) {
        return;
      }
      if (queue.size() >= MAX_QUEUED_EVENTS) {
        failWhileLocked(tooOld("the watch fell behind by " + queue.size() + " events"));
      } else {
        queue.add(event);
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the key alone does not rule it out. */
  boolean isAbout(String key) {
    return one ? key.equals(prefix) : key.startsWith(prefix);
  }

  /** Ends the watch after what was offered so far. */
  void end() {
    lock.lock();
    try {
      ending = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the watch with an ERROR event. */
  void fail(ApiException cause) {
    lock.lock();
    try {
      failWhileLocked(cause);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void failWhileLocked(ApiException cause) {
    failure = cause;
    queue = new ArrayList<>();
  }

  static ApiException tooOld(String why) {
    return new ApiException(StatusReason.EXPIRED, "too old resource version: " + why);
  }

  @Override
  public List<Event> next() throws InterruptedException {
    if (finished) {
      return List.of();
    }
    if (state != null) {
      var first = initialEvents();
      if (!first.isEmpty()) {
        return first;
      }
    }
    while (true) {
      long complete = progress.getAsLong();
      var batch = awaitBatch();
      if (batch == null) {
        return lastWords(complete);
      }
      var seen = seen(batch);
      if (!seen.isEmpty()) {
        return seen;
      }
      if (batch.isEmpty() && System.nanoTime() - nextBookmark >= 0) {
        nextBookmark = System.nanoTime() + BOOKMARK_INTERVAL_NANOS;
        if (options.bookmarks()) {
          return List.of(bookmark(complete, false));
        }
      }
    }
  }

  /** Waits for events; empty when a bookmark is due, null when the watch is over. */
  private List<CacheEvent> awaitBatch() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (queue.isEmpty()) {
        long now = System.nanoTime();
        if (closed || ending || failure != null || now - deadline >= 0) {
          return null;
        }
        if (now - nextBookmark >= 0) {
          return List.of();
        }
        changed.awaitNanos(Math.min(deadline - now, nextBookmark - now));
      }
      if (closed) {
        return null;
      }
      var batch = queue;
      queue = new ArrayList<>();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private List<Event> seen(List<CacheEvent> batch) {
    var events = new ArrayList<Event>(batch.size());
    for (var event : batch) {
      if (event.revision() > lastRevision) {
        lastRevision = event.revision();
        var seen = event.seenBy(selection);
        if (seen != null) {
          events.add(seen);
        }
      }
    }
    return events;
  }

  private List<Event> initialEvents() {
    var events = new ArrayList<Event>(state.size() + 1);
    for (var object : state) {
      if (selection.takes(object)) {
        events.add(new EncodedEvent("ADDED", object));
      }
    }
    state = null;
    if (options.start() instanceof WatchOptions.Start.WithState start && start.announceEnd()) {
      events.add(bookmark(lastRevision, true));
    }
    return events;
  }

  /** The error that ended the watch, or a bookmark for a client that comes back later. */
  private List<Event> lastWords(long complete) {
    finished = true;
    ApiException cause;
    boolean asked;
    lock.lock();
    try {
      cause = failure;
      asked = closed;
    } finally {
      lock.unlock();
    }
    if (asked) {
      return List.of();
    }
    if (cause != null) {
      return List.of(new EncodedEvent("ERROR", new TreeDocument(cause.status())));
    }
    return options.bookmarks() ? List.of(bookmark(complete, false)) : List.of();
  }

  private Event bookmark(long complete, boolean endOfState) {
    lastRevision = Math.max(lastRevision, complete);
    var kind = selection.definition().kind();
    var object = Json.object().put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
    var metadata = object.putObject("metadata");
    metadata.put("resourceVersion", Long.toString(lastRevision)).putNull("creationTimestamp");
    if (endOfState) {
      metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
    }
    return new EncodedEvent("BOOKMARK", new TreeDocument(object));
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      queue = new ArrayList<>();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    onClose.accept(this);
  }
}
