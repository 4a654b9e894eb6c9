package io.jkube.kubelet.node;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.ObjectReference;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiClient;
import io.jkube.client.EventRecorder;
import io.jkube.client.Patch;
import io.jkube.kubelet.pressure.NodePressure;
import io.jkube.kubelet.pressure.Pressure;
import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.ContainerRuntime.Image;
import io.jkube.kubelet.runtime.RuntimeFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers the node, then beats: the Lease every ten seconds, the status when it changed or every
 * five minutes.
 */
public final class NodeAgent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeAgent.class);
  private static final Duration BEAT = Duration.ofSeconds(10);
  private static final Duration UNCHANGED_STATUS = Duration.ofMinutes(5);

  private final ApiClient client;
  private final ContainerRuntime runtime;
  private final InstantSource clock;
  private final EventRecorder recorder;
  private final NodeFacts facts;
  private final NodePressure pressure;
  private final NodeTree tree;
  private final Semaphore asked = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;
  private NodeLease lease;
  private ArrayNode conditions = Json.array();
  private ObjectNode lastStatus = Json.object();
  private Instant lastWritten = Instant.MIN;

  public NodeAgent(
      ApiClient client,
      ContainerRuntime runtime,
      InstantSource clock,
      EventRecorder recorder,
      NodeFacts facts,
      NodePressure pressure) {
    this.pressure = pressure;
    this.client = client;
    this.runtime = runtime;
    this.clock = clock;
    this.recorder = recorder;
    this.facts = facts;
    this.tree = new NodeTree(facts);
    this.thread = Thread.ofVirtual().name("node " + facts.name()).unstarted(this::beat);
  }

  /** Makes the Node, or takes the one that is there; it is Ready when this returns. */
  public void register() {
    var wanted = tree.object();
    var status = tree.status(List.of(), "", pressure.now(), conditions, clock.instant());
    wanted.set("status", status);
    ObjectNode node;
    try {
      node = client.create(Resources.NODES, wanted);
      written(node, status);
    } catch (ApiException failure) {
      if (failure.reason() != StatusReason.ALREADY_EXISTS) {
        throw failure;
      }
      node = takeOver();
    }
    lease = new NodeLease(client, facts.name(), node.at("/metadata/uid").asText());
    event("Starting", "Starting kubelet.");
    turned("Ready");
  }

  /** Something the node tells of itself is another now; never blocks. */
  public void changed() {
    asked.release();
  }

  /** Begins to beat. */
  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private ObjectNode takeOver() {
    var node = client.get(Resources.NODES, key());
    var labels = node.path("metadata").path("labels").deepCopy();
    if (labels instanceof ObjectNode changed && tree.labels(changed)) {
      var patch = Json.object();
      patch.putObject("metadata").set("labels", changed);
      client.patch(Resources.NODES, key(), Patch.merge(patch));
    }
    if (node.at("/status/conditions") instanceof ArrayNode known) {
      conditions = known;
    }
    write(tree.status(List.of(), "", pressure.now(), conditions, clock.instant()));
    return node;
  }

  private void beat() {
    try {
      do {
        beatOnce();
        asked.tryAcquire(BEAT.toMillis(), TimeUnit.MILLISECONDS);
        asked.drainPermits();
      } while (!closed);
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private void beatOnce() {
    try {
      lease.renew(clock.instant());
      report();
    } catch (ApiException failure) {
      if (!closed) {
        LOG.warn("node {} cannot report: {}", facts.name(), failure.getMessage());
      }
    }
  }

  private void report() {
    List<Image> images = List.of();
    var trouble = "";
    try {
      images = runtime.images();
    } catch (RuntimeFailure failure) {
      trouble = "container runtime is down: " + failure.getMessage();
    }
    var now = clock.instant();
    var status = tree.status(images, trouble, pressure.now(), conditions, now);
    boolean due = now.isAfter(lastWritten.plus(UNCHANGED_STATUS));
    if (due || !withoutTimes(status).equals(withoutTimes(lastStatus))) {
      var before = lastStatus;
      write(status);
      tellTurns(before, status);
    }
  }

  private void tellTurns(ObjectNode before, ObjectNode after) {
    for (var each : Pressure.values()) {
      boolean now = holds(after, each.condition());
      if (now != holds(before, each.condition())) {
        turned(NodeConditions.reason(each, now));
      }
    }
    boolean ready = holds(after, "Ready");
    if (ready != holds(before, "Ready")) {
      turned(ready ? "Ready" : "NotReady");
    }
  }

  private void turned(String state) {
    event("Node" + state, "Node " + facts.name() + " status is now: Node" + state);
  }

  private static boolean holds(ObjectNode status, String type) {
    for (var condition : status.path("conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition.path("status").asText().equals("True");
      }
    }
    return false;
  }

  private static ObjectNode withoutTimes(ObjectNode status) {
    var copy = status.deepCopy();
    for (var condition : copy.path("conditions")) {
      ((ObjectNode) condition).remove("lastHeartbeatTime");
    }
    return copy;
  }

  private void write(ObjectNode status) {
    var patch = Json.object();
    patch.set("status", status);
    try {
      written(client.patch(Resources.NODES, key(), "status", Patch.merge(patch)), status);
    } catch (ApiException failure) {
      if (failure.reason() != StatusReason.NOT_FOUND) {
        throw failure;
      }
      // Somebody deleted the node; it is there, so it registers again.
      register();
    }
  }

  private void written(ObjectNode node, ObjectNode status) {
    lastStatus = status;
    lastWritten = clock.instant();
    if (node.at("/status/conditions") instanceof ArrayNode known) {
      conditions = known;
    }
  }

  private void event(String reason, String message) {
    var about = new ObjectReference("v1", "Node", "", facts.name(), facts.name(), "", "");
    recorder.normal(about, reason, message);
  }

  private ObjectKey key() {
    return ObjectKey.cluster(facts.name());
  }
}
