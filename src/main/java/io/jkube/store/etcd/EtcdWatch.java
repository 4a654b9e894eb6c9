package io.jkube.store.etcd;

import io.etcd.jetcd.Watch;
import io.etcd.jetcd.common.exception.CompactedException;
import io.etcd.jetcd.watch.WatchEvent;
import io.etcd.jetcd.watch.WatchResponse;
import io.jkube.store.StoreEvent;
import io.jkube.store.StoreException;
import io.jkube.store.StoreWatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Passes events from jetcd's thread to the reader's. Of one revision all events come together, as
 * etcd sends them.
 */
final class EtcdWatch implements StoreWatch, Watch.Listener {
  /** A reader that is so far behind takes a listing instead. */
  private static final int MAX_WAITING = 100_000;

  private static final Told CLOSED = new Told(List.of(), null);

  private final Keys keys;
  private final long after;
  private final Consumer<EtcdWatch> onClose;
  private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
  private final CountDownLatch created = new CountDownLatch(1);
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Watch.Watcher watcher;
  private volatile StoreException ended;
  private volatile long reached;

  /** Events, or why there are no more. */
  private record Told(List<StoreEvent> events, StoreException failure) {}

  /**
   * @param after the revision whose followers are wanted
   */
  EtcdWatch(Keys keys, long after, Consumer<EtcdWatch> onClose) {
    this.keys = keys;
    this.after = after;
    this.reached = after;
    this.onClose = onClose;
  }

  /** Waits until etcd has begun to watch, or refused. */
  void begun(Watch.Watcher watcher, long patienceMillis) {
    this.watcher = watcher;
    try {
      if (!created.await(patienceMillis, TimeUnit.MILLISECONDS)) {
        close();
        throw new StoreException.Unavailable("etcd began no watch in time", null);
      }
    } catch (InterruptedException stop) {
      close();
      Thread.currentThread().interrupt();
      throw new StoreException.Unavailable("interrupted while etcd was asked", stop);
    }
  }

  @Override
  public void onNext(WatchResponse response) {
    created.countDown();
    if (response.isProgressNotify()) {
      tell(List.of(new StoreEvent.Progress(response.getHeader().getRevision())));
    }
    if (response.getEvents().isEmpty()) {
      return;
    }
    if (told.size() >= MAX_WAITING) {
      end(new StoreException.Compacted(after, response.getHeader().getRevision()));
      return;
    }
    try {
      tell(response.getEvents().stream().map(this::event).toList());
    } catch (StoreException late) {
      end(late);
    }
  }

  private void tell(List<StoreEvent> events) {
    reached = events.getLast().revision();
    told.add(new Told(events, null));
  }

  /** Whether it has told everything up to a revision, or never will. */
  boolean hasReached(long revision) {
    return reached >= revision || ended != null || closed.get();
  }

  private StoreEvent event(WatchEvent event) {
    var entry = event.getKeyValue();
    var before = event.getPrevKV();
    var previous = before.getModRevision() == 0 ? null : keys.here(before);
    boolean replaces =
        event.getEventType() == WatchEvent.EventType.DELETE
            || entry.getCreateRevision() < entry.getModRevision();
    if (replaces && previous == null) {
      throw new StoreException.Compacted(entry.getModRevision() - 1, entry.getModRevision());
    }
    return event.getEventType() == WatchEvent.EventType.DELETE
        ? new StoreEvent.Delete(keys.here(entry.getKey()), entry.getModRevision(), previous)
        : new StoreEvent.Put(keys.here(entry), previous);
  }

  @Override
  public void onError(Throwable failure) {
    created.countDown();
    end(
        failure instanceof CompactedException compacted
            ? new StoreException.Compacted(after, compacted.getCompactedRevision())
            : Answers.unavailable(failure));
  }

  @Override
  public void onCompleted() {
    created.countDown();
    end(new StoreException.Unavailable("etcd ended the watch", null));
  }

  private void end(StoreException why) {
    told.add(new Told(List.of(), why));
  }

  @Override
  public List<StoreEvent> next() throws InterruptedException {
    if (closed.get()) {
      return List.of();
    }
    if (ended != null) {
      throw ended;
    }
    var events = new ArrayList<StoreEvent>();
    for (var next = told.take(); next != null; next = told.poll()) {
      if (closed.get()) {
        return List.of();
      }
      if (next.failure() != null) {
        ended = next.failure();
        break;
      }
      events.addAll(next.events());
    }
    if (events.isEmpty()) {
      throw ended;
    }
    return events;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      told.add(CLOSED);
      if (watcher != null) {
        watcher.close();
      }
      onClose.accept(this);
    }
  }
}
