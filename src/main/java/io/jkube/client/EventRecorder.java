package io.jkube.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.ObjectReference;
import io.jkube.api.Resources;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records Events about objects, as upstream's recorder names and counts them. Never blocks the
 * caller and never fails it: a bounded queue and one virtual thread; when the queue is full, or the
 * server refuses, the event is dropped and logged.
 */
public final class EventRecorder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
  private static final int QUEUE_LENGTH = 4096;
  private static final Duration LONGEST_FLUSH = Duration.ofMillis(500);

  /** Ends the thread when it comes up in the queue. */
  private static final SeenEvent END = SeenEvent.none();

  private final ResourceClient<ObjectNode> events;
  private final InstantSource clock;
  private final EventCorrelator correlator;
  private final BlockingQueue<SeenEvent> queue = new ArrayBlockingQueue<>(QUEUE_LENGTH);
  private final Thread thread;

  /** Since the queue was last empty: a flood is told of once. */
  private final AtomicInteger dropped = new AtomicInteger();

  private volatile boolean closed;

  /**
   * @param component who records, such as {@code kubelet} or {@code default-scheduler}
   * @param host the node the component serves; empty for the control plane
   */
  public EventRecorder(ApiClient client, InstantSource clock, String component, String host) {
    this.events = client.resource(Resources.EVENTS);
    this.clock = clock;
    this.correlator = new EventCorrelator(component, host);
    this.thread = Thread.ofVirtual().name("events of " + component).start(this::writeUntilClosed);
  }

  public void normal(ObjectReference about, String reason, String message) {
    record(about, "Normal", reason, message);
  }

  public void warning(ObjectReference about, String reason, String message) {
    record(about, "Warning", reason, message);
  }

  /** Waits at most half a second until what was recorded is written. */
  @Override
  public void close() {
    closed = true;
    if (!queue.offer(END)) {
      thread.interrupt();
    }
    try {
      if (!thread.join(LONGEST_FLUSH)) {
        thread.interrupt();
      }
    } catch (InterruptedException stop) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void record(ObjectReference about, String type, String reason, String message) {
    var seen = new SeenEvent(about, type, reason, message, clock.instant());
    if (!closed && !queue.offer(seen) && dropped.getAndIncrement() == 0) {
      LOG.warn("too many events, dropped {} of {} and perhaps more", reason, about.name());
    }
  }

  private void writeUntilClosed() {
    try {
      for (var seen = queue.take(); seen != END; seen = queue.take()) {
        write(seen);
        if (queue.isEmpty()) {
          dropped.set(0);
        }
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(SeenEvent seen) {
    try {
      switch (correlator.correlate(seen)) {
        case EventCorrelator.First first -> correlator.written(first, events.create(first.event()));
        case EventCorrelator.Again again -> events.patch(again.key(), Patch.merge(again.change()));
        case EventCorrelator.Dropped dropped -> LOG.debug("event dropped: {}", dropped.why());
      }
    } catch (ApiException refused) {
      correlator.forget(seen);
      LOG.debug("event {} of {}: {}", seen.reason(), seen.about().name(), refused.getMessage());
    }
  }
}
