package io.jkube.controller.runtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.client.ApiClient;
import io.jkube.client.informer.Informer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One local copy a resource for all controllers, however many of them read it. Thread-safe.
 *
 * <p>As upstream, the copies are read under an identity of their own, and what a controller writes
 * it writes under its own.
 */
public final class SharedInformers implements AutoCloseable {
  /** Index by the uid of the controlling owner; empty for objects that have none. */
  public static final String BY_CONTROLLER = "controller";

  private final ApiClient client;
  private final Map<GroupVersionResource, Informer<ObjectNode>> informers = new LinkedHashMap<>();
  private boolean started;

  public SharedInformers(ApiClient client) {
    this.client = client;
  }

  /** The copy of that resource; made by the first who asks. */
  public synchronized Informer<ObjectNode> of(GroupVersionResource resource) {
    return informers.computeIfAbsent(resource, this::make);
  }

  /** Starts those asked for already, and from now on each when it is first asked for. */
  public synchronized void start() {
    started = true;
    informers.values().forEach(Informer::start);
  }

  @Override
  public synchronized void close() {
    informers.values().forEach(Informer::close);
  }

  private Informer<ObjectNode> make(GroupVersionResource resource) {
    var informer =
        Informer.of(client, resource)
            .index(BY_CONTROLLER, object -> List.of(ControllerRef.uidOf(object)))
            .build();
    return started ? informer.start() : informer;
  }
}
