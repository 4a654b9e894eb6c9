package io.jkube.kubelet.runtime.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.jkube.api.Json;
import io.jkube.kubelet.runtime.ContainerRuntime.ContainerEvent;
import io.jkube.kubelet.runtime.ContainerRuntime.ContainerEvent.Type;
import io.jkube.kubelet.runtime.RuntimeFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscription to the engine's events, on a virtual thread of its own, which also calls the
 * listener. Each time the stream stands, the first included, it says RESYNC: what happened before
 * is not told.
 */
final class EventStream implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Engine engine;
  private final String path;
  private final Consumer<ContainerEvent> listener;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Response current;

  private EventStream(Engine engine, NodeScope scope, Consumer<ContainerEvent> listener) {
    this.engine = engine;
    this.listener = listener;
    this.path =
        "/events?filters="
            + Labels.filter(
                Map.of(
                    "type",
                    List.of("container"),
                    "event",
                    List.of("start", "die", "destroy"),
                    "label",
                    List.of(scope.clusterLabel(), scope.nodeLabel())));
  }

  static EventStream open(Engine engine, NodeScope scope, Consumer<ContainerEvent> listener) {
    var stream = new EventStream(engine, scope, listener);
    Thread.ofVirtual().name("engine-events-" + scope.node()).start(stream::run);
    return stream;
  }

  @Override
  public void close() {
    closed.countDown();
    var reading = current;
    if (reading != null) {
      reading.close();
    }
  }

  private void run() {
    var pause = FIRST_PAUSE;
    while (!isClosed()) {
      try {
        if (readToTheEnd()) {
          pause = FIRST_PAUSE;
        }
      } catch (RuntimeFailure lost) {
        LOG.debug("the engine's events ended: {}", lost.getMessage());
      }
      if (!sleep(pause)) {
        return;
      }
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
              ? LONGEST_PAUSE
              : pause.multipliedBy(2);
    }
  }

  /** True when at least one event came, so that a lost connection is a new trouble. */
  private boolean readToTheEnd() {
    boolean some = false;
    try (var response = engine.stream("GET", path, Map.of())) {
      current = response;
      if (isClosed()) {
        return false;
      }
      listener.accept(ContainerEvent.RESYNC);
      try (var events =
          Json.MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(response.getBody())) {
        while (events.hasNextValue()) {
          some = true;
          tell(events.nextValue());
        }
      }
    } catch (IOException lost) {
      LOG.debug("the engine's events ended: {}", lost.getMessage());
    } finally {
      current = null;
    }
    return some;
  }

  private void tell(JsonNode event) {
    var type =
        switch (event.path("Action").asText()) {
          case "start" -> Type.STARTED;
          case "die" -> Type.DIED;
          case "destroy" -> Type.REMOVED;
          default -> null;
        };
    if (type != null) {
      var actor = event.path("Actor");
      listener.accept(
          new ContainerEvent(
              type, actor.path("ID").asText(), Labels.pod(actor.path("Attributes"))));
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private boolean sleep(Duration pause) {
    try {
      return !closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
