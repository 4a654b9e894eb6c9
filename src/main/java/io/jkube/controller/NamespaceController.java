package io.jkube.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiClient;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.Reconciler;
import io.jkube.controller.runtime.Result;
import io.jkube.controller.runtime.SharedInformers;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Empties a namespace that was deleted, then lets it go. The names it works on are namespaces; the
 * end of the last pod calls it at once, what else is in the way is looked for again and again.
 */
final class NamespaceController implements Reconciler {
  static final String NAME = "namespace-controller";

  private static final String FINALIZER = "kubernetes";
  private static final Duration NEXT_LOOK = Duration.ofSeconds(1);
  private static final int WORKERS = 4;

  private final ApiClient client;
  private final NamespaceContent content;
  private final InstantSource clock;
  private final Informer<ObjectNode> namespaces;
  private final Informer<ObjectNode> pods;

  private NamespaceController(ApiClient client, SharedInformers informers, InstantSource clock) {
    this.client = client;
    this.content = new NamespaceContent(client);
    this.clock = clock;
    this.namespaces = informers.of(Resources.NAMESPACES);
    this.pods = informers.of(Resources.PODS);
  }

  static ControllerRunner runner(ApiClient client, SharedInformers informers, InstantSource clock) {
    var controller = new NamespaceController(client, informers, clock);
    var runner = new ControllerRunner(NAME, controller, WORKERS, clock);
    return runner
        .follow(controller.namespaces, ObjectHandler.onEvery((key, any) -> runner.enqueue(key)))
        .follow(
            controller.pods,
            new ObjectHandler<>() {
              @Override
              public void added(ObjectKey pod, ObjectNode there) {}

              @Override
              public void updated(ObjectKey pod, ObjectNode before, ObjectNode after) {}

              @Override
              public void deleted(ObjectKey pod, ObjectNode last) {
                if (controller.pods.isEmpty(pod.namespace())) {
                  runner.enqueue(ObjectKey.cluster(pod.namespace()));
                }
              }
            });
  }

  @Override
  public Result reconcile(ObjectKey key) {
    var namespace = namespaces.get(key).orElse(null);
    if (namespace == null || !isOurs(namespace)) {
      return Result.done();
    }
    var left = content.delete(key.name());
    if (left.nothing()) {
      letGo(key);
      return Result.done();
    }
    tell(key, left);
    return Result.after(NEXT_LOOK);
  }

  private static boolean isOurs(ObjectNode namespace) {
    if (!namespace.path("metadata").hasNonNull("deletionTimestamp")) {
      return false;
    }
    for (var finalizer : namespace.at("/spec/finalizers")) {
      if (finalizer.asText().equals(FINALIZER)) {
        return true;
      }
    }
    return false;
  }

  private void letGo(ObjectKey key) {
    var current = client.find(Resources.NAMESPACES, key);
    if (current.isEmpty() || !isOurs(current.get())) {
      return;
    }
    var next = current.get().deepCopy();
    var others = next.withObject("/spec").putArray("finalizers");
    for (var finalizer : current.get().at("/spec/finalizers")) {
      if (!finalizer.asText().equals(FINALIZER)) {
        others.add(finalizer);
      }
    }
    client.resource(Resources.NAMESPACES).updateSubresource("finalize", next);
  }

  private void tell(ObjectKey key, NamespaceContent.Left left) {
    try {
      var current = client.get(Resources.NAMESPACES, key);
      var conditions = NamespaceConditions.of(current, left, clock.instant());
      if (!conditions.equals(current.at("/status/conditions"))) {
        var next = current.deepCopy();
        next.withObject("/status").set("conditions", conditions);
        client.updateStatus(Resources.NAMESPACES, next);
      }
    } catch (ApiException failure) {
      if (failure.reason() != StatusReason.NOT_FOUND) {
        throw failure;
      }
    }
  }
}
