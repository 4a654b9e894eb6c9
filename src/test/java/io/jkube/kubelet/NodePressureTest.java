package io.jkube.kubelet;

import static io.jkube.kubelet.TestNode.assertCondition;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Resources;
import io.jkube.client.ListOptions;
import io.jkube.kubelet.pressure.EvictionSignal;
import io.jkube.kubelet.runtime.fake.FakeRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that runs short, as its node and its pods show it. */
final class NodePressureTest {
  private static final long MIB = 1 << 20;
  private static final long MACHINE = 1024 * MIB;

  @TempDir Path folder;
  private FakeRuntime fake;
  private TestNode node;

  @BeforeEach
  void start() {
    fake = new FakeRuntime(Clock.systemUTC());
    node = new TestNode(fake, folder);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private void run(String name, String requests, long usedMib) {
    node.createPod(
        name,
        "'containers':[{'name':'main','image':'a:1','resources':{'requests':{%s}}}]"
            .formatted(requests));
    node.awaitPhase(name, "Running");
    fake.containers().stream()
        .filter(container -> container.pod().name().equals(name))
        .forEach(container -> fake.use(container.id(), 0, usedMib * MIB));
  }

  @Test
  void whoUsesMostBeyondItsRequestGoesFirstAndOneAtATime() {
    run("modest", "'memory':'400Mi'", 300);
    run("greedy", "'memory':'100Mi'", 200);
    run("small", "", 20);
    node.leave(EvictionSignal.MEMORY_AVAILABLE, 50 * MIB, MACHINE);
    var pod = node.awaitPhase("greedy", "Failed");
    var why =
        "The node was low on resource: memory. Threshold quantity: 100Mi, available: 50Mi."
            + " Container main was using 200Mi, request is 100Mi, has larger consumption of"
            + " memory. ";
    assertEquals("Evicted " + why, reason(pod));
    assertCondition(pod, "DisruptionTarget", "True", "TerminationByKubelet");
    node.awaitEvent("greedy", "Warning Evicted " + why);
    awaitNodeEvent("EvictionThresholdMet", "Attempting to reclaim memory");
    assertEquals("Running", node.pod("small").at("/status/phase").asText());

    node.leaveUntilOneGoes(EvictionSignal.MEMORY_AVAILABLE, 90 * MIB, MACHINE);
    node.awaitPhase("small", "Failed");
    assertEquals("Running", node.pod("modest").at("/status/phase").asText());
  }

  @Test
  void theNodeTellsAndPodsThatSaidNothingAreNotLetIn() {
    node.leave(EvictionSignal.MEMORY_AVAILABLE, 50 * MIB, MACHINE);
    awaitCondition("MemoryPressure", "True KubeletHasInsufficientMemory");
    awaitNodeEvent(
        "NodeHasInsufficientMemory", "Node node-1 status is now: NodeHasInsufficientMemory");
    node.createPod("careless", "'containers':[{'name':'main','image':'a:1'}]");
    assertEquals(
        "Evicted Pod was rejected: The node had condition: [MemoryPressure]. ",
        reason(node.awaitPhase("careless", "Failed")));
    run("said", "'memory':'10Mi'", 5);

    node.clock.advance(Duration.ofMinutes(4));
    node.leave(EvictionSignal.MEMORY_AVAILABLE, 500 * MIB, MACHINE);
    assertCondition(node.node(), "MemoryPressure", "True", "KubeletHasInsufficientMemory");
    node.clock.advance(Duration.ofMinutes(5));
    node.leave(EvictionSignal.MEMORY_AVAILABLE, 500 * MIB, MACHINE);
    awaitCondition("MemoryPressure", "False KubeletHasSufficientMemory");
    awaitNodeEvent("NodeHasSufficientMemory", "Node node-1 status is now: NodeHasSufficientMemory");
    run("late", "", 5);
  }

  @Test
  void aFullDiskLetsNobodyIn() {
    node.leave(EvictionSignal.NODEFS_AVAILABLE, 100 * MIB, MACHINE);
    awaitCondition("DiskPressure", "True KubeletHasDiskPressure");
    node.createPod(
        "web",
        "'containers':[{'name':'main','image':'a:1','resources':{'requests':{'memory':'1Mi'}}}]");
    assertEquals(
        "Evicted Pod was rejected: The node had condition: [DiskPressure]. ",
        reason(node.awaitPhase("web", "Failed")));
  }

  @Test
  void aFullDiskGivesBackImagesBeforePods() {
    run("web", "", 5);
    node.createPod("old", "'containers':[{'name':'main','image':'b:1'}]");
    node.awaitPhase("old", "Running");
    node.delete("old", 0);
    node.awaitGone("old");
    node.awaitThat(() -> fake.containers().size() == 1);
    node.clock.advance(Duration.ofMinutes(3));
    node.leave(EvictionSignal.NODEFS_AVAILABLE, 100 * MIB, MACHINE);
    assertEquals(
        List.of("a:1"), fake.images().stream().flatMap(each -> each.tags().stream()).toList());
    node.awaitPhase("web", "Failed");
  }

  @Test
  void whoGoesForTheDiskLeavesNothingThereAndNobodyElseGoes() throws IOException {
    for (var name : List.of("one", "two", "three")) {
      node.createPod(
          name,
          "'containers':[{'name':'main','image':'a:1','volumeMounts':"
              + "[{'name':'v','mountPath':'/m'}]}],'volumes':[{'name':'v','emptyDir':{}}]");
      node.awaitPhase(name, "Running");
    }
    lookAtDisk();
    node.awaitThat(() -> !phased("Failed").isEmpty());
    assertEquals(2, fake.containers().size());
    try (var folders = Files.list(folder.resolve("pods"))) {
      assertEquals(2, folders.count());
    }
    node.clock.advance(Duration.ofMinutes(6));
    lookAtDisk();
    run("after", "", 5);
    assertEquals(1, phased("Failed").size());
  }

  /** Each container takes a fifth of the disk. */
  private void lookAtDisk() {
    node.leave(
        EvictionSignal.NODEFS_AVAILABLE, MACHINE - fake.containers().size() * 200 * MIB, MACHINE);
  }

  private List<ObjectNode> phased(String phase) {
    return node.client.list(Resources.PODS, "default", ListOptions.ALL).items().stream()
        .filter(pod -> pod.at("/status/phase").asText().equals(phase))
        .toList();
  }

  @Test
  void whatWasSaidOfAnEvictedPodStaysWhenTheKubeletStartsAnew() throws InterruptedException {
    run("web", "", 5);
    node.leave(EvictionSignal.MEMORY_AVAILABLE, 50 * MIB, MACHINE);
    var said = node.awaitPhase("web", "Failed");
    assertTrue(TestNode.container(said, 0).path("state").has("terminated"));
    node.awaitThat(() -> fake.containers().isEmpty());
    node.stopKubelet();
    said = node.pod("web");
    var revision = said.at("/metadata/resourceVersion").asText();
    var options = ListOptions.fields("metadata.name=web").withResourceVersion(revision);
    try (var watch = node.client.watch(Resources.PODS, "default", options)) {
      node.startKubelet();
      node.delete("web", 30);
      node.awaitGone("web");
      for (var event = watch.next(); ; event = watch.next()) {
        assertEquals(said.path("status"), event.object().path("status"));
        if (event.type().equals("DELETED")) {
          return;
        }
      }
    }
  }

  private static String reason(ObjectNode pod) {
    return pod.at("/status/reason").asText() + " " + pod.at("/status/message").asText();
  }

  private void awaitCondition(String type, String wanted) {
    node.awaitThat(
        () -> {
          var condition = TestNode.condition(node.node(), type);
          return wanted.equals(
              condition.path("status").asText() + " " + condition.path("reason").asText());
        });
  }

  private void awaitNodeEvent(String reason, String message) {
    node.awaitThat(
        () ->
            events().stream()
                .anyMatch(
                    event ->
                        event.path("reason").asText().equals(reason)
                            && event.path("message").asText().equals(message)));
  }

  private List<ObjectNode> events() {
    return node.client.list(Resources.EVENTS, "default", ListOptions.ALL).items();
  }
}
