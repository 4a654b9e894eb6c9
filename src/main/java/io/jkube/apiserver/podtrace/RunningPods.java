package io.jkube.apiserver.podtrace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.apiserver.request.WatchFeed;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.storage.Selection;
import io.jkube.apiserver.storage.WatchOptions;
import io.jkube.registry.ResourceDefinition;
import io.jkube.registry.Tree;
import io.jkube.store.StoreException;
import io.jkube.trace.PodTraces;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches pods as any client does, and notes of each when it is first seen running. */
public final class RunningPods implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningPods.class);
  private static final Duration WATCH_FOR = Duration.ofHours(1);

  private final ObjectStore objects;
  private final ResourceDefinition pods;
  private final PodTraces traces;
  private final Set<String> running = new HashSet<>();
  private volatile WatchFeed feed;
  private volatile boolean closed;
  private final Thread thread;

  public RunningPods(ObjectStore objects, ResourceDefinition pods, PodTraces traces) {
    this.objects = objects;
    this.pods = pods;
    this.traces = traces;
    this.thread = Thread.ofVirtual().name("running-pods").start(this::watch);
  }

  private void watch() {
    var options = new WatchOptions(new WatchOptions.Start.WithState(0, false), false, WATCH_FOR);
    while (!closed) {
      try (var next = objects.watch(Selection.all(pods, ""), options)) {
        feed = next;
        follow(next);
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
        return;
      } catch (ApiException | StoreException lost) {
        LOG.warn("Pods that run are not noted any more: {}", lost.getMessage());
        return;
      }
    }
  }

  private void follow(WatchFeed watch) throws InterruptedException {
    for (var events = watch.next(); !events.isEmpty() && !closed; events = watch.next()) {
      for (var event : events) {
        switch (event.type()) {
          case "ADDED", "MODIFIED" -> see(event.object());
          case "DELETED" -> running.remove(Tree.text(event.object(), "/metadata/uid"));
          default -> {}
        }
      }
    }
  }

  private void see(ObjectNode pod) {
    var uid = Tree.text(pod, "/metadata/uid");
    if (Tree.text(pod, "/status/phase").equals("Running")
        && running.add(uid)
        && !traces.of(uid).isEmpty()) {
      long revision = pod.at("/metadata/resourceVersion").asLong();
      traces.note(uid, "apiserver", "watched", revision, "phase", "Running");
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    var current = feed;
    if (current != null) {
      current.close();
    }
  }
}
