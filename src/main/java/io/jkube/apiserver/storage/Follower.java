package io.jkube.apiserver.storage;

import io.jkube.api.ApiException;
import io.jkube.apiserver.request.WatchFeed;
import io.jkube.registry.ResourceDefinition;
import io.jkube.store.StoreException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something after each change of a kind, and once at first, on a thread of its own: what a
 * controller is to others, for what only the server itself can do.
 */
public final class Follower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
  private static final Duration WATCH_FOR = Duration.ofHours(1);
  private static final long RETRY_AFTER_MILLIS = 500;

  private final ObjectStore objects;
  private final ResourceDefinition kind;
  private final Runnable settle;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;
  private volatile WatchFeed feed;

  /**
   * @param settle looks at what is stored now; may fail with an ApiException, and is run again then
   */
  public Follower(ObjectStore objects, ResourceDefinition kind, Runnable settle) {
    this.objects = objects;
    this.kind = kind;
    this.settle = settle;
    this.thread =
        Thread.ofVirtual().name("following-" + kind.resource().resource()).start(this::follow);
  }

  private void follow() {
    var options = new WatchOptions(new WatchOptions.Start.WithState(-1, true), true, WATCH_FOR);
    while (stopping.getCount() > 0) {
      try (var next = objects.watch(Selection.all(kind, ""), options)) {
        feed = next;
        for (var events = next.next(); !events.isEmpty(); events = next.next()) {
          settle.run();
        }
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        return;
      } catch (ApiException | StoreException lost) {
        if (!pause(lost)) {
          return;
        }
      }
    }
  }

  /** Whether to go on after a while. */
  private boolean pause(RuntimeException lost) {
    try {
      boolean stop = stopping.await(RETRY_AFTER_MILLIS, TimeUnit.MILLISECONDS);
      if (!stop) {
        LOG.warn("{} are looked at again: {}", kind.resource().resource(), lost.getMessage());
      }
      return !stop;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    stopping.countDown();
    thread.interrupt();
    var current = feed;
    if (current != null) {
      current.close();
    }
  }
}
