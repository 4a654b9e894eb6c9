package io.jkube.kubelet;

import static io.jkube.kubelet.TestNode.assertCondition;
import static io.jkube.kubelet.TestNode.container;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.kubelet.runtime.fake.FakeRuntime;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pod's life on the engine in memory, through a real API server. */
final class KubeletTest {
  @TempDir Path folder;
  private FakeRuntime runtime;
  private TestNode node;

  @BeforeEach
  void start() {
    runtime = new FakeRuntime(Clock.systemUTC());
    node = new TestNode(runtime, folder);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void theNodeIsReadyWithWhatTheMachineHas() {
    var found = node.client.get(Resources.NODES, ObjectKey.cluster(TestNode.NODE));
    assertCondition(found, "Ready", "True", "KubeletReady");
    assertCondition(found, "MemoryPressure", "False", "KubeletHasSufficientMemory");
    assertEquals("110", found.at("/status/capacity/pods").asText());
    assertEquals("10.0.0.5", found.at("/status/addresses/0/address").asText());
    assertEquals("fake://1.0.0", found.at("/status/nodeInfo/containerRuntimeVersion").asText());
    node.awaitThat(
        () ->
            node.client
                .find(Resources.LEASES, new ObjectKey("kube-node-lease", TestNode.NODE))
                .isPresent());
  }

  @Test
  void aPodRunsAndSaysSo() {
    node.createPod("web", "'containers':[{'name':'a','image':'busybox:1.36'}]");
    var pod = node.awaitPhase("web", "Running");
    assertTrue(pod.at("/status/podIP").asText().startsWith("10.244."), pod::toPrettyString);
    assertEquals("10.0.0.5", pod.at("/status/hostIP").asText());
    assertEquals("BestEffort", pod.at("/status/qosClass").asText());
    assertEquals(1, pod.at("/status/observedGeneration").asInt());
    assertTrue(container(pod, 0).at("/state/running/startedAt").isTextual());
    assertTrue(container(pod, 0).path("ready").asBoolean());
    assertTrue(container(pod, 0).path("containerID").asText().startsWith("fake://"));
    for (var type :
        new String[] {
          "PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled"
        }) {
      assertCondition(pod, type, "True", "");
    }
    node.awaitEvent("web", "Normal Pulling Pulling image \"busybox:1.36\"");
    node.awaitEvent("web", "Normal Created Container created");
    node.awaitEvent("web", "Normal Started Container started");
  }

  @Test
  void aDeletedPodLeavesNothing() {
    node.createPod("web", "'containers':[{'name':'a','image':'busybox:1.36'}]");
    node.awaitPhase("web", "Running");
    node.delete("web", 5);
    node.awaitGone("web");
    assertEquals(0, runtime.sandboxes().size());
    assertEquals(0, runtime.containers().size());
    node.awaitEvent("web", "Normal Killing Stopping container a");
  }
}
