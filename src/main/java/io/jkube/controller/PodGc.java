package io.jkube.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.api.Timestamps;
import io.jkube.client.ApiClient;
import io.jkube.client.DeleteOptions;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Deletes pods that nobody else will: those of nodes that are gone, those deleted before they had a
 * node, and the oldest of too many that have ended. It works on one name: the sweep over all pods.
 */
final class PodGc implements Reconciler {
  static final String NAME = "pod-garbage-collector";

  /** Upstream's default of --terminated-pod-gc-threshold. */
  static final int MAX_ENDED_PODS = 12_500;

  /** How long a node has to be away until its pods are given up: it may be about to register. */
  static final Duration NODE_AWAY = Duration.ofSeconds(40);

  private static final Duration SWEEP_PERIOD = Duration.ofSeconds(20);
  private static final ObjectKey SWEEP = ObjectKey.cluster("sweep");

  private final ApiClient client;
  private final InstantSource clock;
  private final int maxEndedPods;
  private final Informer<ObjectNode> pods;
  private final Informer<ObjectNode> nodes;

  /**
   * Since when a node was missed; only the sweep reads and writes it, and there is one at a time.
   */
  private final Map<String, Instant> missing = new HashMap<>();

  private PodGc(
      ApiClient client, SharedInformers informers, InstantSource clock, int maxEndedPods) {
    this.client = client;
    this.clock = clock;
    this.maxEndedPods = maxEndedPods;
    this.pods = informers.of(Resources.PODS);
    this.nodes = informers.of(Resources.NODES);
  }

  static ControllerRunner runner(
      ApiClient client, SharedInformers informers, InstantSource clock, int maxEndedPods) {
    var collector = new PodGc(client, informers, clock, maxEndedPods);
    var runner = new ControllerRunner(NAME, collector, 1, clock);
    runner.enqueue(SWEEP);
    return runner
        .follow(collector.pods)
        .follow(
            collector.nodes,
            new ObjectHandler<>() {
              @Override
              public void added(ObjectKey node, ObjectNode there) {}

              @Override
              public void updated(ObjectKey node, ObjectNode before, ObjectNode after) {}

              @Override
              public void deleted(ObjectKey node, ObjectNode last) {
                runner.enqueue(SWEEP);
              }
            });
  }

  @Override
  public Result reconcile(ObjectKey sweep) {
    var all = pods.list();
    deleteEnded(all);
    var lost = lostNodes(all);
    for (var pod : all) {
      if (lost.contains(nodeOf(pod))) {
        fail(pod);
        delete(pod);
      } else if (nodeOf(pod).isEmpty() && pod.path("metadata").hasNonNull("deletionTimestamp")) {
        delete(pod);
      }
    }
    return Result.after(SWEEP_PERIOD);
  }

  private void deleteEnded(List<ObjectNode> all) {
    var ended = all.stream().filter(PodGc::hasEnded).toList();
    if (ended.size() > maxEndedPods) {
      ended.stream()
          .sorted(Comparator.comparing(PodGc::created))
          .limit(ended.size() - maxEndedPods)
          .forEach(this::delete);
    }
  }

  /** Nodes that pods name, that are away long enough, and that the server does not know either. */
  private Set<String> lostNodes(List<ObjectNode> all) {
    var now = clock.instant();
    var named = new HashSet<String>();
    all.forEach(pod -> named.add(nodeOf(pod)));
    named.remove("");
    named.removeIf(node -> nodes.get(ObjectKey.cluster(node)).isPresent());
    missing.keySet().retainAll(named);
    named.forEach(node -> missing.putIfAbsent(node, now));
    named.removeIf(node -> missing.get(node).plus(NODE_AWAY).isAfter(now));
    named.removeIf(node -> client.find(Resources.NODES, ObjectKey.cluster(node)).isPresent());
    return named;
  }

  /** Says why before it deletes, for those who watch. */
  private void fail(ObjectNode pod) {
    if (hasEnded(pod)) {
      return;
    }
    var current = client.find(Resources.PODS, Json.key(pod));
    if (current.isEmpty() || !current.get().at("/metadata/uid").equals(pod.at("/metadata/uid"))) {
      return;
    }
    var next = current.get().deepCopy();
    var status = next.withObject("/status").put("phase", "Failed");
    Conditions.set(
        status,
        "DisruptionTarget",
        "True",
        "DeletionByPodGC",
        "PodGC: node no longer exists",
        Timestamps.seconds(clock.instant()));
    client.updateStatus(Resources.PODS, next);
  }

  private void delete(ObjectNode pod) {
    try {
      var options = DeleteOptions.grace(0).withUid(pod.at("/metadata/uid").asText());
      client.delete(Resources.PODS, Json.key(pod), options);
    } catch (ApiException failure) {
      if (failure.reason() != StatusReason.NOT_FOUND && failure.reason() != StatusReason.CONFLICT) {
        throw failure;
      }
    }
  }

  private static boolean hasEnded(ObjectNode pod) {
    var phase = pod.at("/status/phase").asText();
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  private static String nodeOf(ObjectNode pod) {
    return pod.at("/spec/nodeName").asText();
  }

  private static String created(ObjectNode pod) {
    return pod.at("/metadata/creationTimestamp").asText() + " " + Json.key(pod);
  }
}
