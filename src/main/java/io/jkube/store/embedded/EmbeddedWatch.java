package io.jkube.store.embedded;

import io.jkube.store.StoreEvent;
import io.jkube.store.StoreWatch;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A place in the history and a bell. It holds no events of its own: a slow reader costs nothing,
 * and reads on from the history until a compaction passes it.
 */
final class EmbeddedWatch implements StoreWatch {
  private static final int MAX_EVENTS_AT_ONCE = 1_024;

  private final History history;
  private final String prefix;
  private final Consumer<EmbeddedWatch> onClose;
  private final Semaphore bell = new Semaphore(0);

  /** Everything of interest up to here was told. */
  private final AtomicLong told;

  private volatile boolean closed;

  EmbeddedWatch(
      History history, String prefix, long afterRevision, Consumer<EmbeddedWatch> onClose) {
    this.history = history;
    this.prefix = prefix;
    this.told = new AtomicLong(afterRevision);
    this.onClose = onClose;
  }

  @Override
  public List<StoreEvent> next() throws InterruptedException {
    while (!closed) {
      long after = told.get();
      long newest = history.revision();
      if (after >= newest) {
        bell.acquire();
        bell.drainPermits();
        continue;
      }
      var events = history.events(prefix, after, newest, MAX_EVENTS_AT_ONCE);
      boolean all = events.size() < MAX_EVENTS_AT_ONCE;
      told.set(all ? newest : events.getLast().revision());
      if (!events.isEmpty()) {
        return List.copyOf(events);
      }
    }
    return List.of();
  }

  /**
   * The writer published new events. A reader that is up to date and not concerned is moved along,
   * so that compactions do not pass it.
   */
  void published(long before, long now, List<StoreEvent.Change> events) {
    for (var event : events) {
      if (event.key().startsWith(prefix)) {
        bell.release();
        return;
      }
    }
    told.compareAndSet(before, now);
  }

  @Override
  public void close() {
    closed = true;
    bell.release();
    onClose.accept(this);
  }
}
