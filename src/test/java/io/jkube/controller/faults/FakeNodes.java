package io.jkube.controller.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.client.DeleteOptions;
import io.jkube.client.Patch;
import io.jkube.client.informer.Informer;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.controller.TestCluster;
import io.jkube.controller.runtime.Conditions;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Binds pods and runs them, without a fault; one thread does everything. */
final class FakeNodes implements AutoCloseable {
  static final List<String> NAMES = List.of("n1", "n2");

  /** The label of a pod that ends: Succeeded, or Failed at the index that it names. */
  static final String ENDS = "ends";

  private final TestCluster cluster;
  private final ExecutorService worker = Executors.newSingleThreadExecutor();
  private final AtomicInteger addresses = new AtomicInteger();
  private final Informer<ObjectNode> pods;
  private final Informer<ObjectNode> nodes;

  FakeNodes(TestCluster cluster) {
    this.cluster = cluster;
    this.pods =
        Informer.of(cluster.client, Resources.PODS)
            .build()
            .addHandler(ObjectHandler.onEvery((key, pod) -> run(() -> look(key, pod))));
    this.nodes =
        Informer.of(cluster.client, Resources.NODES)
            .build()
            .addHandler(ObjectHandler.onEvery((key, node) -> run(() -> beat(key, node))));
  }

  FakeNodes start() {
    for (var name : NAMES) {
      var node = TestCluster.json("{'metadata':{'name':'%s'}}".formatted(name));
      node.setAll(ready());
      cluster.client.create(Resources.NODES, node);
    }
    pods.start();
    nodes.start();
    return this;
  }

  private ObjectNode ready() {
    var now = cluster.clock.instant().toString();
    var status = Json.object();
    status
        .putObject("status")
        .putArray("conditions")
        .addObject()
        .put("type", "Ready")
        .put("status", "True")
        .put("reason", "KubeletReady")
        .put("message", "")
        .put("lastHeartbeatTime", now)
        .put("lastTransitionTime", now);
    return status;
  }

  /** A node that was given up by a controller that saw nothing for long is back. */
  private void beat(ObjectKey key, ObjectNode node) {
    if (!Conditions.status(node, "Ready").equals("True")) {
      cluster.client.patch(Resources.NODES, key, "status", Patch.merge(ready()));
    }
  }

  private void run(Runnable look) {
    try {
      worker.execute(look);
    } catch (RejectedExecutionException closed) {
      // the test is over
    }
  }

  private void look(ObjectKey key, ObjectNode pod) {
    try {
      if (pod.path("metadata").hasNonNull("deletionTimestamp")) {
        end(key, pod);
      } else if (pod.path("spec").path("nodeName").asText().isEmpty()) {
        bind(key, pod);
      } else if (!isAsWanted(pod)) {
        report(key, pod, wanted(pod));
      }
    } catch (ApiException gone) {
      // deleted meanwhile
    }
  }

  /** As a kubelet: containers end, that is told, and then the pod goes. */
  private void end(ObjectKey key, ObjectNode pod) {
    if (!phase(pod).equals("Succeeded") && !phase(pod).equals("Failed")) {
      report(key, pod, "Failed");
    }
    cluster.client.delete(
        Resources.PODS,
        key,
        DeleteOptions.grace(0).withUid(pod.path("metadata").path("uid").asText()));
  }

  private void bind(ObjectKey key, ObjectNode pod) {
    var only =
        pod.at(
            "/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution"
                + "/nodeSelectorTerms/0/matchFields/0/values/0");
    var node =
        only.isTextual() ? only.asText() : NAMES.get(Math.floorMod(key.hashCode(), NAMES.size()));
    var binding = Json.object();
    binding.putObject("metadata").put("name", key.name()).put("namespace", key.namespace());
    binding.putObject("target").put("kind", "Node").put("name", node);
    cluster.client.create(Resources.PODS, key, "binding", binding);
  }

  private static String phase(JsonNode pod) {
    return pod.path("status").path("phase").asText();
  }

  private static boolean isAsWanted(JsonNode pod) {
    boolean runs = phase(pod).equals("Running");
    return phase(pod).equals(wanted(pod))
        && (!runs || Conditions.status(pod, "Ready").equals("True"));
  }

  private static String wanted(JsonNode pod) {
    var ends = pod.path("metadata").path("labels").path(ENDS);
    if (ends.isMissingNode()) {
      return "Running";
    }
    var index =
        pod.path("metadata")
            .path("annotations")
            .path("batch.kubernetes.io/job-completion-index")
            .asText();
    return ends.asText().equals("fails-at-" + index) ? "Failed" : "Succeeded";
  }

  private void report(ObjectKey key, ObjectNode pod, String phase) {
    boolean runs = phase.equals("Running");
    var now = cluster.clock.instant().toString();
    var patch = Json.object();
    patch.putObject("metadata").put("uid", pod.path("metadata").path("uid").asText());
    var status = patch.putObject("status").put("phase", phase);
    if (pod.path("status").path("podIP").asText().isEmpty()) {
      int address = addresses.incrementAndGet();
      var ip = "10.244." + address / 250 + "." + (1 + address % 250);
      status.put("podIP", ip).putArray("podIPs").addObject().put("ip", ip);
    }
    var conditions = status.putArray("conditions");
    for (var type : List.of("Ready", "ContainersReady")) {
      conditions
          .addObject()
          .put("type", type)
          .put("status", runs ? "True" : "False")
          .put("lastTransitionTime", now);
    }
    if (!runs) {
      var container = status.putArray("containerStatuses").addObject();
      container.put("name", "c").put("image", "i").put("imageID", "").put("ready", false);
      container.put("restartCount", 0);
      container
          .putObject("state")
          .putObject("terminated")
          .put("exitCode", phase.equals("Failed") ? 3 : 0)
          .put("finishedAt", now);
    }
    cluster.client.patch(Resources.PODS, key, "status", Patch.strategic(patch));
  }

  @Override
  public void close() {
    pods.close();
    nodes.close();
    worker.shutdownNow();
  }
}
