package io.jkube.controller;

import static io.jkube.controller.TestCluster.json;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.client.Patch;
import io.jkube.controller.runtime.Conditions;
import io.jkube.controller.runtime.ControllerRunner;
import io.jkube.controller.runtime.SharedInformers;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Taints follow a node's conditions, and its conditions follow its kubelet's silence. */
@Timeout(30)
final class NodeLifecycleTest {
  private static final ObjectKey NODE = ObjectKey.cluster("n1");
  private static final Set<String> UNREACHABLE =
      Set.of(
          "node.kubernetes.io/unreachable:NoSchedule", "node.kubernetes.io/unreachable:NoExecute");

  private final TestCluster cluster = new TestCluster();
  private final SharedInformers informers = new SharedInformers(cluster.client);
  private final ControllerRunner runner =
      NodeLifecycle.runner(cluster.client, informers, cluster.clock);

  @BeforeEach
  void start() {
    informers.start();
  }

  @AfterEach
  void close() {
    runner.close();
    informers.close();
    cluster.close();
  }

  @Test
  void aNewNodeThatIsReadyLosesItsTaintAtOnce() throws InterruptedException {
    runner.start();
    node(
        "True",
        "'taints':[{'key':'node.kubernetes.io/not-ready','effect':'NoSchedule'},"
            + "{'key':'mine','effect':'NoSchedule'}]");
    var node = cluster.await(Resources.NODES, NODE, now -> taints(now).size() == 1);
    assertEquals(Set.of("mine:NoSchedule"), taints(node));
  }

  @Test
  void aNodeThatIsNotReadyOrCordonedIsTainted() throws InterruptedException {
    runner.start();
    node("False", "'unschedulable':true");
    cluster.await(
        Resources.NODES,
        NODE,
        now ->
            taints(now)
                .equals(
                    Set.of(
                        "node.kubernetes.io/not-ready:NoSchedule",
                        "node.kubernetes.io/not-ready:NoExecute",
                        "node.kubernetes.io/unschedulable:NoSchedule")));
  }

  @Test
  void aSilentNodeBecomesUnknownAndComesBack() throws InterruptedException {
    cluster.namespace("kube-node-lease");
    node("True", "'unschedulable':true");
    lease("2026-01-02T03:04:05.000000Z");
    runner.start();
    cluster.await(Resources.NODES, NODE, now -> taints(now).size() == 1);
    cluster.clock.pass(NodeLifecycle.GRACE.plusSeconds(1));
    cluster.client.patch(
        Resources.NODES, NODE, Patch.merge(json("{'spec':{'unschedulable':false}}")));
    var silent = cluster.await(Resources.NODES, NODE, now -> taints(now).equals(UNREACHABLE));
    var ready = Conditions.find(silent, "Ready");
    assertEquals("Unknown", ready.path("status").asText());
    assertEquals("NodeStatusUnknown", ready.path("reason").asText());
    assertEquals("Kubelet stopped posting node status.", ready.path("message").asText());
    assertEquals(
        "NodeStatusNeverUpdated", Conditions.find(silent, "DiskPressure").path("reason").asText());

    cluster.client.resource(Resources.NODES).patchStatus(NODE, Patch.merge(status("True", "9")));
    cluster.await(Resources.NODES, NODE, now -> taints(now).isEmpty());
  }

  @Test
  void aLeaseThatIsRenewedKeepsTheNodeReady() throws InterruptedException {
    cluster.namespace("kube-node-lease");
    node("True", "'unschedulable':true");
    lease("2026-01-02T03:04:05.000000Z");
    runner.start();
    cluster.await(Resources.NODES, NODE, now -> taints(now).size() == 1);
    cluster.clock.pass(NodeLifecycle.GRACE.minusSeconds(10));
    cluster.client.patch(
        Resources.LEASES,
        new ObjectKey("kube-node-lease", "n1"),
        Patch.merge(json("{'spec':{'renewTime':'2026-01-02T03:04:45.000000Z'}}")));
    cluster.client.patch(
        Resources.NODES, NODE, Patch.merge(json("{'spec':{'unschedulable':false}}")));
    cluster.await(Resources.NODES, NODE, now -> taints(now).isEmpty());
    cluster.clock.pass(Duration.ofSeconds(20));
    cluster.client.patch(
        Resources.NODES, NODE, Patch.merge(json("{'spec':{'unschedulable':true}}")));
    var node = cluster.await(Resources.NODES, NODE, now -> !taints(now).isEmpty());
    assertEquals(Set.of("node.kubernetes.io/unschedulable:NoSchedule"), taints(node));
    assertEquals("True", Conditions.status(node, "Ready"));
  }

  private void node(String ready, String spec) {
    var node = json("{'metadata':{'name':'n1'},'spec':{" + spec + "}}");
    node.setAll(status(ready, "5"));
    cluster.client.create(Resources.NODES, node);
  }

  private static ObjectNode status(String ready, String second) {
    return json(
        "{'status':{'conditions':[{'type':'Ready','status':'"
            + ready
            + "','lastHeartbeatTime':'2026-01-02T03:04:0"
            + second
            + "Z','reason':'x','message':'y'}]}}");
  }

  private void lease(String renewed) {
    cluster.create(
        Resources.LEASES,
        "{'metadata':{'namespace':'kube-node-lease','name':'n1'},'spec':{'holderIdentity':'n1',"
            + "'renewTime':'"
            + renewed
            + "'}}");
  }

  private static Set<String> taints(ObjectNode node) {
    var taints = new TreeSet<String>();
    node.at("/spec/taints")
        .forEach(
            taint -> taints.add(taint.path("key").asText() + ":" + taint.path("effect").asText()));
    return taints;
  }
}
