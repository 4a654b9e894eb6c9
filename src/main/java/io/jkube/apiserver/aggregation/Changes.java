package io.jkube.apiserver.aggregation;

import io.jkube.api.ApiException;
import io.jkube.apiserver.request.WatchFeed;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.storage.Selection;
import io.jkube.apiserver.storage.WatchOptions;
import io.jkube.registry.ResourceDefinition;
import io.jkube.store.StoreException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells, on a thread of its own, whenever an object of a kind may have changed. */
final class Changes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Changes.class);
  private static final Duration WATCH_FOR = Duration.ofHours(1);
  private static final long RETRY_AFTER_MILLIS = 500;

  private final ObjectStore objects;
  private final ResourceDefinition definition;
  private final Runnable told;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile WatchFeed feed;
  private final Thread thread;

  Changes(ObjectStore objects, ResourceDefinition definition, Runnable told) {
    this.objects = objects;
    this.definition = definition;
    this.told = told;
    this.thread =
        Thread.ofVirtual()
            .name("changes of " + definition.resource().resource())
            .start(this::follow);
  }

  private void follow() {
    var options = new WatchOptions(new WatchOptions.Start.WithState(0, false), false, WATCH_FOR);
    while (stopping.getCount() > 0) {
      try (var next = objects.watch(Selection.all(definition, ""), options)) {
        feed = next;
        for (var events = next.next(); !events.isEmpty(); events = next.next()) {
          told.run();
        }
      } catch (ApiException | StoreException lost) {
        LOG.warn("{} are followed again: {}", definition.resource().resource(), lost.getMessage());
        if (stops()) {
          return;
        }
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private boolean stops() {
    try {
      return stopping.await(RETRY_AFTER_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return true;
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
