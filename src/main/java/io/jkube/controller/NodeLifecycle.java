package io.jkube.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.ObjectKey;
import io.jkube.api.ObjectReference;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.api.Timestamps;
import io.jkube.client.ApiClient;
import io.jkube.client.EventRecorder;
import io.jkube.client.ListOptions;
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
 * Notices nodes whose kubelet fell silent, and keeps every node's taints in step with its
 * conditions. The names it works on are nodes.
 *
 * <p>Silence is measured on the own clock, from when a sign of life was first seen: neither a
 * node's wrong clock nor a pause of this server looks like a dead kubelet.
 */
final class NodeLifecycle implements Reconciler {
  static final String NAME = "node-controller";

  /** Upstream's default of --node-monitor-grace-period. */
  static final Duration GRACE = Duration.ofSeconds(50);

  /** Upstream's default of --node-startup-grace-period: for a node that never said anything. */
  static final Duration STARTUP_GRACE = Duration.ofSeconds(60);

  private static final String LEASE_NAMESPACE = "kube-node-lease";
  private static final List<String> HEARTBEAT_CONDITIONS =
      List.of("Ready", "MemoryPressure", "DiskPressure", "PIDPressure");
  private static final int WORKERS = 2;

  /** A sign of life and when it was first seen. */
  private record Seen(String uid, String renewed, String heartbeat, Instant at) {
    boolean same(Seen other) {
      return uid.equals(other.uid)
          && renewed.equals(other.renewed)
          && heartbeat.equals(other.heartbeat);
    }
  }

  private final ApiClient client;
  private final InstantSource clock;
  private final EventRecorder events;
  private final Informer<ObjectNode> nodes;
  private final Informer<ObjectNode> leases;
  private final Map<ObjectKey, Seen> signs = new ConcurrentHashMap<>();

  private NodeLifecycle(ApiClient client, SharedInformers informers, InstantSource clock) {
    this.client = client;
    this.clock = clock;
    this.events = new EventRecorder(client, clock, NAME, "");
    this.nodes = informers.of(Resources.NODES);
    this.leases = Informer.of(client, Resources.LEASES).namespace(LEASE_NAMESPACE).build();
  }

  static ControllerRunner runner(ApiClient client, SharedInformers informers, InstantSource clock) {
    var controller = new NodeLifecycle(client, informers, clock);
    var runner = new ControllerRunner(NAME, controller, WORKERS, clock);
    return runner
        .tells(new NodeZones(controller.nodes))
        .follow(controller.nodes, ObjectHandler.onEvery((key, any) -> runner.enqueue(key)))
        .watch(
            controller.leases,
            ObjectHandler.onEvery((key, any) -> runner.enqueue(ObjectKey.cluster(key.name()))))
        .owns(controller.events);
  }

  @Override
  public Result reconcile(ObjectKey key) {
    var node = nodes.get(key).orElse(null);
    if (node == null) {
      signs.remove(key);
      return Result.done();
    }
    var now = clock.instant();
    var silentAt = silentAt(key, node, now);
    if (now.isBefore(silentAt)) {
      settleTaints(node);
      return Result.after(Duration.between(now, silentAt));
    }
    settleTaints(isUnknown(node) ? node : giveUp(key, node));
    return Result.done();
  }

  /** When the node counts as silent unless it gives another sign of life. */
  private Instant silentAt(ObjectKey key, ObjectNode node, Instant now) {
    var lease = leases.get(new ObjectKey(LEASE_NAMESPACE, key.name()));
    var newest =
        new Seen(
            node.at("/metadata/uid").asText(),
            lease.map(found -> found.at("/spec/renewTime").asText()).orElse(""),
            Conditions.find(node, "Ready").path("lastHeartbeatTime").asText(),
            now);
    var seen = signs.merge(key, newest, (before, after) -> before.same(after) ? before : after);
    boolean silentSinceEver = Conditions.find(node, "Ready").isMissingNode();
    return seen.at().plus(silentSinceEver ? STARTUP_GRACE : GRACE);
  }

  private static boolean isUnknown(ObjectNode node) {
    return HEARTBEAT_CONDITIONS.stream()
        .allMatch(type -> Conditions.status(node, type).equals("Unknown"));
  }

  /** Says that nothing is known of the node any more; answers it as it is then. */
  private ObjectNode giveUp(ObjectKey key, ObjectNode node) {
    boolean wasReady = Conditions.status(node, "Ready").equals("True");
    var next = node.deepCopy();
    var now = Timestamps.seconds(clock.instant());
    var status = next.withObject("/status");
    for (var type : HEARTBEAT_CONDITIONS) {
      if (Conditions.find(next, type).isMissingNode()) {
        Conditions.set(
                status,
                type,
                "Unknown",
                "NodeStatusNeverUpdated",
                "Kubelet never posted node status.",
                now)
            .put("lastHeartbeatTime", node.at("/metadata/creationTimestamp").asText());
      } else if (!Conditions.status(next, type).equals("Unknown")) {
        Conditions.set(
            status,
            type,
            "Unknown",
            "NodeStatusUnknown",
            "Kubelet stopped posting node status.",
            now);
      }
    }
    var written = client.updateStatus(Resources.NODES, next);
    if (wasReady) {
      events.normal(
          ObjectReference.to("v1", "Node", written),
          "NodeNotReady",
          "Node " + key.name() + " status is now: NodeNotReady");
      markPodsNotReady(key.name(), now);
    }
    return written;
  }

  /** Nobody else will: services must not send anything to pods of a node that does not answer. */
  private void markPodsNotReady(String node, String now) {
    var onNode = ListOptions.fields("spec.nodeName=" + node);
    for (var pod : client.list(Resources.PODS, "", onNode).items()) {
      if (Conditions.status(pod, "Ready").equals("True")) {
        markNotReady(pod, now);
      }
    }
  }

  private void markNotReady(ObjectNode pod, String now) {
    var next = pod.deepCopy();
    for (var condition : next.at("/status/conditions")) {
      if (condition instanceof ObjectNode ready && ready.path("type").asText().equals("Ready")) {
        ready.put("status", "False").put("lastTransitionTime", now);
      }
    }
    try {
      client.updateStatus(Resources.PODS, next);
      events.warning(ObjectReference.to("v1", "Pod", pod), "NodeNotReady", "Node is not ready");
    } catch (ApiException failure) {
      if (failure.reason() != StatusReason.NOT_FOUND && failure.reason() != StatusReason.CONFLICT) {
        throw failure;
      }
    }
  }

  private void settleTaints(ObjectNode node) {
    var taints = NodeTaints.of(node, Timestamps.seconds(clock.instant()));
    var current = node.at("/spec/taints");
    if (taints.equals(current) || taints.isEmpty() && current.isEmpty()) {
      return;
    }
    var next = node.deepCopy();
    next.withObject("/spec").set("taints", taints);
    if (taints.isEmpty()) {
      next.withObject("/spec").remove("taints");
    }
    client.update(Resources.NODES, next);
  }
}
