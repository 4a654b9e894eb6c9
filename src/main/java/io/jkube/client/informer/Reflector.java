package io.jkube.client.informer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.StatusReason;
import io.jkube.client.ListOptions;
import io.jkube.client.ResourceClient;
import io.jkube.client.Transport.WatchEvent;
import io.jkube.client.Transport.WatchStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists, then watches from the list's revision; goes on from the last revision seen when a watch
 * ends, and begins with a new list when the server has forgotten that revision. Its one virtual
 * thread calls the target.
 */
final class Reflector implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reflector.class);

  /** A watch that lived shorter and brought nothing counts as failed. */
  private static final long SHORT_WATCH_NANOS = Duration.ofSeconds(1).toNanos();

  /** Where the collection goes. */
  interface Target {
    /** The whole collection as of now; what is not in it is gone. */
    void replace(List<ObjectNode> listed);

    /** An object is there, new or changed. */
    void put(ObjectNode object);

    void remove(ObjectNode last);
  }

  private final ResourceClient<ObjectNode> client;
  private final String namespace;
  private final ListOptions selection;
  private final Target target;
  private final RetryDelay delay;
  private final Thread thread;
  private volatile boolean closed;
  private volatile WatchStream current;

  /** The revision up to which the target knows everything; empty: unknown, list first. */
  private String version = "";

  Reflector(
      ResourceClient<ObjectNode> client,
      String namespace,
      ListOptions selection,
      RetryDelay delay,
      Target target) {
    this.client = client;
    this.namespace = namespace;
    this.selection = selection;
    this.delay = delay;
    this.target = target;
    this.thread =
        Thread.ofVirtual()
            .name("informer " + client.resource().groupResource())
            .unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    closed = true;
    var watch = current;
    if (watch != null) {
      watch.close();
    }
    thread.interrupt();
  }

  private void run() {
    while (!closed) {
      try {
        if (version.isEmpty()) {
          list();
        }
        watch();
      } catch (ApiException failure) {
        failed(failure);
      } catch (InterruptedException end) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException unexpected) {
        // Whatever broke: a copy that silently stays old is worse than a list too many.
        LOG.error("informer of {} begins anew", client.resource(), unexpected);
        failed(ApiException.internal(String.valueOf(unexpected.getMessage())));
      }
    }
  }

  private void list() {
    var listed = client.list(namespace, selection);
    target.replace(listed.items());
    version = listed.resourceVersion();
  }

  /** Applies the events of one watch until it ends; pauses when it was of no use. */
  private void watch() throws InterruptedException {
    long began = System.nanoTime();
    boolean useful = false;
    try (var watch = open()) {
      for (var event = watch.next(); event != null && !closed; event = watch.next()) {
        apply(event);
        useful = true;
        delay.reset();
      }
    } finally {
      current = null;
    }
    if (!closed && !useful && System.nanoTime() - began < SHORT_WATCH_NANOS) {
      delay.await();
    }
  }

  private WatchStream open() {
    // Servers end a watch after its timeout; a spread one keeps all watches from ending together.
    int timeoutSeconds = ThreadLocalRandom.current().nextInt(300, 600);
    var watch = client.watch(namespace, selection.withResourceVersion(version), timeoutSeconds);
    current = watch;
    if (closed) {
      watch.close();
    }
    return watch;
  }

  private void apply(WatchEvent event) {
    var object = event.object();
    switch (event.type()) {
      case "ADDED", "MODIFIED" -> target.put(object);
      case "DELETED" -> target.remove(object);
      case "BOOKMARK" -> {}
      case "ERROR" -> throw failure(object);
      default -> throw ApiException.internal("unknown watch event type " + event.type());
    }
    version = object.path("metadata").path("resourceVersion").asText();
  }

  private static ApiException failure(ObjectNode status) {
    var reason =
        status.path("code").asInt() == 410
            ? StatusReason.EXPIRED
            : StatusReason.of(status.path("reason").asText());
    return new ApiException(reason, status.path("message").asText());
  }

  private void failed(ApiException failure) {
    if (closed) {
      return;
    }
    if (failure.reason() != StatusReason.SERVICE_UNAVAILABLE) {
      version = "";
    }
    LOG.debug("{}: {}", client.resource(), failure.getMessage());
    try {
      delay.await();
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }
}
