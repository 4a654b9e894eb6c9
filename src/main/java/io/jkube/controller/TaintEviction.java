package io.jkube.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.ObjectReference;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.api.Timestamps;
import io.jkube.api.placement.Taint;
import io.jkube.client.ApiClient;
import io.jkube.client.DeleteOptions;
import io.jkube.client.EventRecorder;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.controller.runtime.Conditions;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.Reconciler;
import io.jkube.controller.runtime.Result;
import io.jkube.controller.runtime.SharedInformers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Deletes the pods that do not put up with a {@code NoExecute} taint of their node, whoever set it:
 * a person, or {@link NodeLifecycle} for a node that is not ready. The names it works on are pods.
 *
 * <p>How long a pod has is counted from when this first saw pod and taint together: as upstream, a
 * restart of the control plane gives every pod its time anew.
 */
final class TaintEviction implements Reconciler {
  /** Who the events are from; it acts as {@link NodeLifecycle#NAME}, as upstream's does. */
  static final String NAME = "taint-eviction-controller";

  private static final String EVENT = "TaintManagerEviction";
  private static final int WORKERS = 2;

  /** A pod that has to go, and when that was first seen. */
  private record Leaving(String uid, Instant since) {}

  private final ApiClient client;
  private final EventRecorder events;
  private final InstantSource clock;
  private final Informer<ObjectNode> pods;
  private final Informer<ObjectNode> nodes;
  private final Map<ObjectKey, Leaving> leaving = new ConcurrentHashMap<>();

  TaintEviction(
      ApiClient client, EventRecorder events, SharedInformers informers, InstantSource clock) {
    this.client = client;
    this.events = events;
    this.clock = clock;
    this.pods = informers.of(Resources.PODS);
    this.nodes = informers.of(Resources.NODES);
  }

  static ControllerRunner runner(ApiClient client, SharedInformers informers, InstantSource clock) {
    var events = new EventRecorder(client, clock, NAME, "");
    var eviction = new TaintEviction(client, events, informers, clock);
    var runner = new ControllerRunner(NAME, eviction, WORKERS, clock);
    return runner
        .follow(
            eviction.pods,
            ObjectHandler.onEvery(
                (key, pod) -> {
                  if (eviction.concerns(key, pod)) {
                    runner.enqueue(key);
                  }
                }))
        .follow(eviction.nodes, eviction.newsOfNodes(runner))
        .owns(events);
  }

  @Override
  public Result reconcile(ObjectKey key) {
    var pod = pods.get(key).orElse(null);
    if (pod == null || isDeleting(pod)) {
      leaving.remove(key);
      return Result.done();
    }
    var patience = Patience.of(pod, taintsOf(pod));
    return switch (patience) {
      case Patience.Endless() -> {
        stay(key, pod);
        yield Result.done();
      }
      case Patience.Limited(var time) -> leave(key, pod, time);
    };
  }

  private void stay(ObjectKey key, ObjectNode pod) {
    if (leaving.remove(key) != null) {
      record(pod, "Cancelling deletion of Pod " + key);
    }
  }

  private Result leave(ObjectKey key, ObjectNode pod, Duration time) {
    var now = clock.instant();
    var since =
        leaving
            .merge(
                key,
                new Leaving(uid(pod), now),
                (before, after) -> before.uid.equals(after.uid) ? before : after)
            .since();
    var due = since.plus(time);
    if (now.isBefore(due)) {
      return Result.after(Duration.between(now, due));
    }
    evict(key, pod);
    return Result.done();
  }

  /** Asks the server first: the copy may be older than the deletion. */
  private void evict(ObjectKey key, ObjectNode pod) {
    var current = client.find(Resources.PODS, key).orElse(null);
    if (current == null || isDeleting(current) || !uid(current).equals(uid(pod))) {
      return;
    }
    try {
      var next = current.deepCopy();
      Conditions.set(
          next.withObject("/status"),
          "DisruptionTarget",
          "True",
          "DeletionByTaintManager",
          "Taint manager: deleting due to NoExecute taint",
          Timestamps.seconds(clock.instant()));
      client.updateStatus(Resources.PODS, next);
      record(pod, "Marking for deletion Pod " + key);
      client.delete(Resources.PODS, key, DeleteOptions.ofUid(uid(pod)));
    } catch (ApiException failure) {
      if (failure.reason() != StatusReason.NOT_FOUND) {
        throw failure;
      }
    }
  }

  private void record(ObjectNode pod, String message) {
    events.normal(ObjectReference.to("v1", "Pod", pod), EVENT, message);
  }

  private boolean concerns(ObjectKey key, ObjectNode pod) {
    return leaving.containsKey(key) || !taintsOf(pod).isEmpty();
  }

  /** The pods of a node are looked at again when what it has against them changed. */
  private ObjectHandler<ObjectNode> newsOfNodes(ControllerRunner runner) {
    return new ObjectHandler<>() {
      @Override
      public void added(ObjectKey key, ObjectNode node) {
        changed(key, List.of(), Patience.taints(node));
      }

      @Override
      public void updated(ObjectKey key, ObjectNode before, ObjectNode after) {
        changed(key, Patience.taints(before), Patience.taints(after));
      }

      @Override
      public void deleted(ObjectKey key, ObjectNode last) {
        changed(key, Patience.taints(last), List.of());
      }

      private void changed(ObjectKey node, List<?> before, List<?> after) {
        if (!before.equals(after)) {
          pods.list().stream()
              .filter(pod -> nodeOf(pod).equals(node.name()))
              .forEach(pod -> runner.enqueue(Json.key(pod)));
        }
      }
    };
  }

  private List<Taint> taintsOf(ObjectNode pod) {
    return nodes.get(ObjectKey.cluster(nodeOf(pod))).map(Patience::taints).orElse(List.of());
  }

  private static String nodeOf(ObjectNode pod) {
    return pod.at("/spec/nodeName").asText();
  }

  private static String uid(ObjectNode pod) {
    return pod.at("/metadata/uid").asText();
  }

  private static boolean isDeleting(ObjectNode pod) {
    return pod.path("metadata").hasNonNull("deletionTimestamp");
  }
}
