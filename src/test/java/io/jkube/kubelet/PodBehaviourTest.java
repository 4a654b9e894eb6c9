package io.jkube.kubelet;

import static io.jkube.kubelet.TestNode.container;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jkube.api.ApiException;
import io.jkube.api.Resources;
import io.jkube.client.Patch;
import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.RuntimeFailure;
import io.jkube.kubelet.runtime.fake.FakeRuntime;
import io.jkube.kubelet.stream.LogOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
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
  void aPodThatSetsWhatItMayNotIsRefused() {
    node.createPod(
        "web",
        "'securityContext':{'sysctls':[{'name':'kernel.msgmax','value':'65536'}]},"
            + "'containers':[{'name':'a','image':'busybox:1.36'}]");
    var pod = node.awaitPhase("web", "Failed");
    assertEquals("SysctlForbidden", pod.at("/status/reason").asText());
    var message = "Pod was rejected: forbidden sysctl: \"kernel.msgmax\" not allowlisted";
    assertEquals(message, pod.at("/status/message").asText());
    node.awaitEvent("web", "Warning SysctlForbidden " + message);
    assertEquals(0, runtime.sandboxes().size());
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

  @Test
  void aClockThatIsSetBackKeepsNobodyWaiting() {
    node.createPod("web", "'containers':[" + sleeper("a") + "]");
    node.awaitPhase("web", "Running");
    fake.exit(newest("a").id(), 1);
    node.await("web", p -> restarts(p) == 1 && container(p, 0).path("ready").asBoolean());
    fake.exit(newest("a").id(), 1);
    node.await("web", p -> waitingReason(p).equals("CrashLoopBackOff"));
    var refusal = new RuntimeFailure(RuntimeFailure.Kind.NOT_FOUND, "no such image", null);
    fake.refusePull("late:1", refusal);
    node.createPod("late", "'containers':[{'name':'a','image':'late:1'}]");
    node.await("late", p -> waitingReason(p).equals("ErrImagePull"));
    fake.allowPull("late:1");

    node.clock.advance(Duration.ofHours(-3));
    node.await("web", p -> restarts(p) == 2 && container(p, 0).path("ready").asBoolean());
    node.awaitPhase("late", "Running");
    node.createPod("new", "'containers':[" + sleeper("a") + "]");
    node.awaitPhase("new", "Running");
  }

  @Test
  void aClockThatJumpsAheadEndsNothing() {
    node.createPod("web", "'containers':[" + sleeper("a") + "]");
    node.awaitPhase("web", "Running");
    node.clock.advance(Duration.ofDays(30));
    node.createPod("new", "'containers':[" + sleeper("a") + "]");
    node.awaitPhase("new", "Running");
    assertEquals(0, restarts(node.pod("web")));
  }

  @Test
  void changesOfTheSpecAreCountedAndObserved() {
    node.create(
        Resources.PODS,
        "{'metadata':{'name':'web','namespace':'default','generation':100,"
            + "'finalizers':['test.io/hold']},'spec':{'nodeName':'node-1','containers':["
            + sleeper("a")
            + "]}}");
    assertEquals(1, generation(node.awaitPhase("web", "Running")));
    patch("{'metadata':{'labels':{'a':'b'}}}");
    assertEquals(1, generation(node.pod("web")));
    patch("{'spec':{'containers':[{'name':'a','image':'busybox:2'}]}}");
    patch("{'spec':{'containers':[{'name':'a','image':'busybox:2'}]}}");
    assertEquals(2, generation(node.pod("web")));
    patch("{'spec':{'activeDeadlineSeconds':10000}}");
    patch("{'spec':{'activeDeadlineSeconds':9000}}");
    var pod = node.await("web", p -> observedGeneration(p) == 4);
    assertEquals(4, generation(pod));
    node.delete("web", 30);
    pod = node.pod("web");
    assertTrue(pod.at("/metadata/deletionTimestamp").isTextual());
    assertEquals(5, generation(pod));
    patch("{'metadata':{'finalizers':null}}");
    node.awaitGone("web");
  }

  @Test
  void manyChangesAreObservedInTheEnd() {
    node.createPod("web", "'activeDeadlineSeconds':10000,'containers':[" + sleeper("a") + "]");
    for (int change = 1; change < 500; change++) {
      patch("{'spec':{'activeDeadlineSeconds':" + (10_000 - change) + "}}");
    }
    assertEquals(500, generation(node.await("web", p -> observedGeneration(p) == 500)));
  }

  /** The uid in a mirror's annotation is no key to what others run. */
  @Test
  void aForgedMirrorShowsNobodyElsesContainers() {
    node.createPod("web", "'containers':[" + sleeper("a") + "]");
    var uid = node.awaitPhase("web", "Running").at("/metadata/uid").asText();
    node.create(
        Resources.PODS,
        "{'metadata':{'name':'thief','namespace':'default','finalizers':['test.io/hold'],"
            + "'annotations':{'kubernetes.io/config.mirror':'"
            + uid
            + "'}},'spec':{'nodeName':'node-1','containers':["
            + sleeper("a")
            + "]}}");
    var logs = node.kubelet().logs();
    assertThrows(ApiException.class, () -> logs.open("default", "thief", "a", LogOptions.ALL));
    assertThrows(ApiException.class, () -> node.kubelet().ports().of("default", "thief"));
  }

  private void patch(String patch) {
    node.client.patch(Resources.PODS, TestNode.key("web"), Patch.strategic(TestNode.json(patch)));
  }

  private static int generation(ObjectNode pod) {
    return pod.at("/metadata/generation").asInt();
  }

  private static int observedGeneration(ObjectNode pod) {
    return pod.at("/status/observedGeneration").asInt();
  }

  @Test
  void restartsAreCountedUpwards() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/healthz", asked -> respond(asked, 500));
    server.start();
    try {
      var get = "{'host':'%s','port':%d,'path':'/healthz'}";
      var address = server.getAddress();
      probed(
          "'livenessProbe':{'failureThreshold':1,'periodSeconds':1,'httpGet':"
              + get.formatted(address.getAddress().getHostAddress(), address.getPort())
              + "}");
      node.awaitEvent(
          "web", "Warning Unhealthy Liveness probe failed: HTTP probe failed with statuscode: 500");
      node.await("web", p -> waitingReason(p).equals("CrashLoopBackOff"));
      node.clock.advance(Duration.ofMinutes(6));
      var counts = new ArrayList<Integer>();
      node.await("web", p -> counts.add(restarts(p)) && restarts(p) >= 5);
      assertEquals(counts.stream().sorted().toList(), counts);
    } finally {
      server.stop(0);
    }
  }

  private static void respond(HttpExchange asked, int status) throws IOException {
    try (asked) {
      asked.sendResponseHeaders(status, -1);
    }
  }

  @Test
  void readinessIsAskedAboutAfterTheInitialDelay() {
    long before = System.nanoTime();
    probed("'readinessProbe':{'initialDelaySeconds':2,'exec':{'command':['true']}}");
    assertFalse(container(node.awaitPhase("web", "Running"), 0).path("ready").asBoolean());
    var pod = node.await("web", p -> container(p, 0).path("ready").asBoolean());
    assertTrue(System.nanoTime() - before >= Duration.ofSeconds(2).toNanos());
    assertEquals(0, restarts(pod));
  }

  private void probed(String probe) {
    var container = sleeper("a").replace("'command'", probe + ",'command'");
    node.createPod("web", "'containers':[" + container + "]");
  }

  @Test
  void aSubPathThatLeadsOutKeepsTheContainerWaiting() {
    inSubPath("dots", "{'name':'PLACE','value':'..'}");
    node.await("dots", p -> waitingReason(p).equals("CreateContainerConfigError"));
    inSubPath(
        "web",
        "{'name':'PART','valueFrom':{'fieldRef':{'fieldPath':"
            + "'metadata.annotations[\\u0027part\\u0027]'}}},{'name':'PLACE','value':'$(PART)/web'}");
    node.await("web", p -> waitingReason(p).equals("CreateContainerConfigError"));
    patch("{'metadata':{'annotations':{'part':'inside'}}}");
    assertEquals(0, restarts(node.awaitPhase("web", "Running")));
    var source = fake.spec(newest("a").id()).mounts().getFirst().hostPath();
    assertTrue(source.endsWith("/v/inside/web"), source);
  }

  private void inSubPath(String pod, String env) {
    node.createPod(
        pod,
        "'volumes':[{'name':'v','emptyDir':{}}],'containers':["
            + sleeper("a")
                .replace(
                    "'command'",
                    "'env':[%s],'volumeMounts':[{'name':'v','mountPath':'/v',".formatted(env)
                        + "'subPathExpr':'$(PLACE)'}],'command'")
            + "]");
  }
}
