package io.jkube.kubelet;

import static io.jkube.kubelet.TestNode.container;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.Resources;
import io.jkube.client.Patch;
import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.RuntimeFailure;
import io.jkube.kubelet.runtime.fake.FakeRuntime;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** On the engine in memory; and what only it can be made to do. */
final class PodBehaviourTest extends PodBehaviour {
  private FakeRuntime fake;

  @Override
  ContainerRuntime open() {
    fake = new FakeRuntime(Clock.systemUTC());
    fake.pull("busybox:1.36", null, line -> {});
    return fake;
  }

  @Override
  void assertEnvironment(Set<String> variables) {
    node.awaitThat(() -> !runtime.containers().isEmpty());
    var given = new HashSet<>(fake.spec(newest("a").id()).environment());
    assertTrue(given.containsAll(variables), given::toString);
    assertTrue(
        given.stream().anyMatch(variable -> variable.startsWith("IP=10.244.")), given::toString);
  }

  @Override
  void assertResized(String containerId) {
    assertEquals(30_000, fake.resources(containerId).cpuQuota());
    assertEquals(307, fake.resources(containerId).cpuShares());
  }

  @Test
  void anImageThatCannotBePulledIsTriedAgain() {
    var refusal = new RuntimeFailure(RuntimeFailure.Kind.NOT_FOUND, "no such image", null);
    fake.refusePull("late:1", refusal);
    node.createPod("web", "'containers':[{'name':'a','image':'late:1'}]");
    var pod = node.await("web", p -> waitingReason(p).equals("ErrImagePull"));
    assertEquals("no such image", container(pod, 0).at("/state/waiting/message").asText());
    node.clock.advance(Duration.ofSeconds(3));
    pod = node.await("web", p -> waitingReason(p).equals("ImagePullBackOff"));
    assertEquals(
        "Back-off pulling image \"late:1\": ErrImagePull: no such image",
        container(pod, 0).at("/state/waiting/message").asText());
    node.awaitEvent("web", "Normal Pulling Pulling image \"late:1\"");
    node.awaitEvent("web", "Warning Failed Failed to pull image \"late:1\": no such image");
    node.awaitEvent("web", "Warning Failed Error: ErrImagePull");
    node.awaitEvent("web", "Normal BackOff Back-off pulling image \"late:1\"");
    node.awaitEvent("web", "Warning Failed Error: ImagePullBackOff");

    fake.allowPull("late:1");
    node.clock.advance(Duration.ofSeconds(10));

    node.awaitPhase("web", "Running");
    node.awaitEventLike("web", "Normal Pulled Successfully pulled image \"late:1\" in ");
  }

  @Test
  void aNameThatIsNoImage() {
    node.createPod("web", "'containers':[{'name':'a','image':'NotLower'}]");
    var pod = node.await("web", p -> waitingReason(p).equals("InvalidImageName"));
    assertEquals(
        "Failed to apply default image tag \"NotLower\": couldn't parse image name \"NotLower\":"
            + " invalid reference format: repository name (library/NotLower) must be lowercase",
        container(pod, 0).at("/state/waiting/message").asText());
  }

  @Test
  void outOfMemoryIsSaid() {
    node.createPod("web", "'restartPolicy':'Never','containers':[" + sleeper("a") + "]");
    node.awaitPhase("web", "Running");
    fake.killForMemory(newest("a").id());
    var pod = node.awaitPhase("web", "Failed");
    assertEquals("OOMKilled", container(pod, 0).at("/state/terminated/reason").asText());
    assertEquals(137, container(pod, 0).at("/state/terminated/exitCode").asInt());
  }

  @Test
  void aPodThatTakesTooLongFails() {
    node.createPod("web", "'activeDeadlineSeconds':60,'containers':[" + sleeper("a") + "]");
    node.awaitPhase("web", "Running");
    node.clock.advance(Duration.ofSeconds(61));
    var pod = node.awaitPhase("web", "Failed");
    assertEquals("DeadlineExceeded", pod.at("/status/reason").asText());
  }

  @Test
  void anotherImageStartsTheContainerAnew() {
    node.createPod("web", "'containers':[" + sleeper("a") + "]");
    node.awaitPhase("web", "Running");
    var patch = TestNode.json("{'spec':{'containers':[{'name':'a','image':'busybox:2'}]}}");
    node.client.patch(Resources.PODS, TestNode.key("web"), Patch.strategic(patch));
    node.awaitEvent("web", "Normal Killing Container a definition changed, will be restarted");
    node.await("web", p -> restarts(p) == 1 && container(p, 0).path("ready").asBoolean());
    assertEquals("busybox:2", newest("a").image());
  }

  @Test
  void aSecondCrashWaits() {
    node.createPod("web", "'containers':[" + sleeper("a") + "]");
    node.awaitPhase("web", "Running");
    fake.exit(newest("a").id(), 1);
    node.await("web", p -> restarts(p) == 1 && container(p, 0).path("ready").asBoolean());
    fake.exit(newest("a").id(), 1);
    node.await("web", p -> waitingReason(p).equals("CrashLoopBackOff"));
  }
}
