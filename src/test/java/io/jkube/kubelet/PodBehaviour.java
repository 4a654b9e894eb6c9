package io.jkube.kubelet;

import static io.jkube.kubelet.TestNode.assertCondition;
import static io.jkube.kubelet.TestNode.container;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.client.DeleteOptions;
import io.jkube.client.ListOptions;
import io.jkube.client.Patch;
import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.ContainerRuntime.Container.State;
import io.jkube.kubelet.runtime.ContainerRuntime.ContainerSummary;
import io.jkube.kubelet.runtime.ContainerRuntime.Sandbox;
import io.jkube.kubelet.stream.LogOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How pods live, on whatever engine: seen in the API's objects, through a real API server. */
abstract class PodBehaviour {
  static final GroupVersionResource RUNTIME_CLASSES =
      new GroupVersionResource("node.k8s.io", "v1", "runtimeclasses");
  static final String ALWAYS = "'image':'busybox:1.36','imagePullPolicy':'IfNotPresent'";

  @TempDir Path folder;
  ContainerRuntime runtime;
  TestNode node;

  /** A runtime of which no other test knows; it has, or can pull, {@code busybox:1.36}. */
  abstract ContainerRuntime open() throws IOException;

  /** Ends what {@link #open} began; the runtime is closed already. */
  void cleanUp() {}

  @BeforeEach
  void startNode() throws IOException {
    runtime = open();
    node = new TestNode(runtime, folder);
  }

  @AfterEach
  void stopNode() {
    node.stopKubelet();
    runtime.sandboxes().forEach(sandbox -> runtime.removeSandbox(sandbox.id()));
    node.close();
    cleanUp();
  }

  /** A container's JSON that runs a shell script. */
  static String shell(String name, String script) {
    return "{'name':'" + name + "'," + ALWAYS + ",'command':['sh','-c','" + script + "']}";
  }

  static String sleeper(String name) {
    return "{'name':'" + name + "'," + ALWAYS + ",'command':['sleep','3600']}";
  }

  static int restarts(ObjectNode pod) {
    return container(pod, 0).path("restartCount").asInt();
  }

  static String waitingReason(ObjectNode pod) {
    return container(pod, 0).at("/state/waiting/reason").asText();
  }

  ContainerSummary newest(String container) {
    return runtime.containers().stream()
        .filter(found -> found.name().equals(container))
        .max(java.util.Comparator.comparingInt(ContainerSummary::attempt))
        .orElseThrow();
  }

  @Test
  void aPodRunsAndSaysSo() {
    node.createPod("web", "'containers':[" + sleeper("a") + "]");
    var pod = node.awaitPhase("web", "Running");
    assertFalse(pod.at("/status/podIP").asText().isEmpty(), pod::toPrettyString);
    assertEquals(pod.at("/status/podIP"), pod.at("/status/podIPs/0/ip"));
    assertEquals("10.0.0.5", pod.at("/status/hostIP").asText());
    assertEquals("BestEffort", pod.at("/status/qosClass").asText());
    assertEquals(1, pod.at("/status/observedGeneration").asInt());
    assertTrue(container(pod, 0).at("/state/running/startedAt").isTextual());
    assertTrue(container(pod, 0).path("ready").asBoolean());
    assertTrue(container(pod, 0).path("started").asBoolean());
    assertTrue(container(pod, 0).path("containerID").asText().endsWith(newest("a").id()));
    for (var type :
        List.of(
            "PodReadyToStartContainers",
            "Initialized",
            "Ready",
            "ContainersReady",
            "PodScheduled")) {
      assertCondition(pod, type, "True", "");
    }
    node.awaitEvent("web", "Normal Created Container created");
    node.awaitEvent("web", "Normal Started Container started");
  }

  @Test
  void theWayToRunningCostsFewWrites() {
    var created = node.createPod("web", "'containers':[" + sleeper("a") + "]");
    var versions = new HashSet<String>();
    node.await(
        "web",
        pod -> {
          versions.add(pod.at("/metadata/resourceVersion").asText());
          return pod.at("/status/phase").asText().equals("Running");
        });
    versions.remove(created.at("/metadata/resourceVersion").asText());
    assertTrue(versions.size() <= 2, "writes: " + versions);
    node.awaitThat(
        () ->
            node.traces.of(created.at("/metadata/uid").asText()).stream()
                .map(hop -> hop.step())
                .toList()
                .containsAll(
                    List.of(
                        "seen",
                        "sandboxCreated",
                        "sandboxStarted",
                        "containerCreated",
                        "containerStarted",
                        "running")));
  }

  @Test
  void aDeletedPodLeavesNothing() throws IOException {
    node.createPod("web", "'containers':[" + sleeper("a") + "," + sleeper("b") + "]");
    node.awaitPhase("web", "Running");
    node.delete("web", 1);
    node.awaitGone("web");
    assertEquals(0, runtime.sandboxes().size());
    assertEquals(0, runtime.containers().size());
    node.awaitEvent("web", "Normal Killing Stopping container a");
    node.awaitEvent("web", "Normal Killing Stopping container b");
    try (var pods = Files.list(folder.resolve("pods"))) {
      assertEquals(0, pods.count());
    }
  }

  @Test
  void aForcedDeletionLeavesNothingEither() {
    node.createPod("web", "'containers':[" + sleeper("a") + "]");
    node.awaitPhase("web", "Running");
    node.delete("web", 0);
    node.awaitGone("web");
    node.awaitThat(() -> runtime.sandboxes().isEmpty() && runtime.containers().isEmpty());
  }

  @Test
  void aPodThatEndsWellSucceeds() {
    node.createPod("job", "'restartPolicy':'Never','containers':[" + shell("a", "exit 0") + "]");
    var pod = node.awaitPhase("job", "Succeeded");
    assertFalse(pod.at("/status/podIP").asText().isEmpty(), pod::toPrettyString);
    var ended = container(pod, 0).at("/state/terminated");
    assertEquals(0, ended.path("exitCode").asInt());
    assertEquals("Completed", ended.path("reason").asText());
    assertTrue(ended.path("finishedAt").isTextual());
    assertCondition(pod, "Ready", "False", "PodCompleted");
    node.awaitThat(() -> runtime.sandboxes().stream().noneMatch(Sandbox::running));
    assertEquals(1, runtime.containers().size(), "its output can still be read");
    node.delete("job", 30);
    node.awaitGone("job");
    node.awaitThat(() -> runtime.sandboxes().isEmpty() && runtime.containers().isEmpty());
  }

  @Test
  void aPodThatEndsBadlyFails() {
    node.createPod("job", "'restartPolicy':'Never','containers':[" + shell("a", "exit 3") + "]");
    var pod = node.awaitPhase("job", "Failed");
    assertEquals(3, container(pod, 0).at("/state/terminated/exitCode").asInt());
    assertEquals("Error", container(pod, 0).at("/state/terminated/reason").asText());
    assertCondition(pod, "Ready", "False", "PodFailed");
  }

  @Test
  void aContainerThatCrashesIsRestartedWithMorePatience() {
    node.createPod("web", "'containers':[" + shell("a", "exit 1") + "]");
    var pod = node.await("web", p -> waitingReason(p).equals("CrashLoopBackOff"));
    assertEquals(1, restarts(pod), "the first restart is immediate");
    assertTrue(
        container(pod, 0)
            .at("/state/waiting/message")
            .asText()
            .startsWith("back-off 10s restarting failed container=a pod=web_default("),
        pod::toPrettyString);
    assertEquals(1, container(pod, 0).at("/lastState/terminated/exitCode").asInt());
    assertEquals("Running", pod.at("/status/phase").asText());
    assertCondition(pod, "Ready", "False", "ContainersNotReady");
    assertEquals(
        "containers with unready status: [a]",
        TestNode.condition(pod, "Ready").path("message").asText());

    node.clock.advance(Duration.ofSeconds(11));

    pod = node.await("web", p -> restarts(p) == 2 && waitingReason(p).equals("CrashLoopBackOff"));
    assertTrue(container(pod, 0).at("/state/waiting/message").asText().startsWith("back-off 20s"));
    node.awaitEventLike(
        "web", "Warning BackOff Back-off restarting failed container a in pod web_default(");
    assertTrue(runtime.containers().size() <= 2, "one dead container is kept");
  }

  @Test
  void initContainersRunOneAfterTheOther() {
    node.createPod(
        "web",
        "'initContainers':["
            + shell("one", "exit 0")
            + ","
            + shell("two", "exit 0")
            + "],'containers':["
            + sleeper("a")
            + "]");
    var pod = node.awaitPhase("web", "Running");
    var inits = pod.at("/status/initContainerStatuses");
    assertEquals("Completed", inits.at("/0/state/terminated/reason").asText());
    assertEquals("Completed", inits.at("/1/state/terminated/reason").asText());
    assertTrue(
        inits
                .at("/0/state/terminated/finishedAt")
                .asText()
                .compareTo(inits.at("/1/state/terminated/startedAt").asText())
            <= 0);
    assertCondition(pod, "Initialized", "True", "");
  }

  @Test
  void aFailingInitContainerKeepsTheOthersWaiting() {
    node.createPod(
        "web",
        "'initContainers':[" + shell("one", "exit 1") + "],'containers':[" + sleeper("a") + "]");
    var pod =
        node.await(
            "web",
            p ->
                p.at("/status/initContainerStatuses/0/state/waiting/reason")
                    .asText()
                    .equals("CrashLoopBackOff"));
    assertEquals("Pending", pod.at("/status/phase").asText());
    assertEquals("PodInitializing", waitingReason(pod));
    assertCondition(pod, "Initialized", "False", "ContainersNotInitialized");
    assertEquals(
        "containers with incomplete status: [one]",
        TestNode.condition(pod, "Initialized").path("message").asText());
  }

  @Test
  void aSidecarRunsBesideAndEndsLast() {
    var sidecar = sleeper("side").replace("{'name'", "{'restartPolicy':'Always','name'");
    node.createPod(
        "job",
        "'terminationGracePeriodSeconds':1,'restartPolicy':'Never','initContainers':["
            + sidecar
            + "],'containers':["
            + shell("a", "exit 0")
            + "]");
    var pod = node.awaitPhase("job", "Succeeded");
    var ended = pod.at("/status/initContainerStatuses/0/state/terminated");
    assertTrue(ended.path("startedAt").isTextual(), pod::toPrettyString);
    assertEquals(State.EXITED, newest("side").state());
  }

  @Test
  void aKubeletThatComesBackTakesItsPodsOver() {
    node.createPod("web", "'containers':[" + sleeper("a") + "]");
    var before = node.awaitPhase("web", "Running");
    node.createPod("gone", "'containers':[" + sleeper("b") + "]");
    node.awaitPhase("gone", "Running");
    node.stopKubelet();
    node.client.delete(Resources.PODS, TestNode.key("gone"), DeleteOptions.grace(0));
    assertEquals(2, runtime.sandboxes().size());

    node.startKubelet();

    node.awaitThat(() -> runtime.sandboxes().size() == 1 && runtime.containers().size() == 1);
    var id = newest("a").id();
    assertTrue(container(before, 0).path("containerID").asText().endsWith(id));
    var after = node.pod("web");
    assertEquals(0, restarts(after));
    node.delete("web", 1);
    node.awaitGone("web");
    assertEquals(0, runtime.sandboxes().size());
  }

  @Test
  void aContainerRemovedBehindOurBackComesBack() {
    node.createPod("web", "'containers':[" + sleeper("a") + "]");
    node.awaitPhase("web", "Running");
    runtime.removeContainer(newest("a").id());
    var pod = node.await("web", p -> restarts(p) == 1 && container(p, 0).path("ready").asBoolean());
    assertEquals(137, container(pod, 0).at("/lastState/terminated/exitCode").asInt());
    assertEquals(1, runtime.containers().size());
  }

  @Test
  void aLostSandboxIsMadeAnew() {
    node.createPod("web", "'containers':[" + sleeper("a") + "]");
    var before = node.awaitPhase("web", "Running");
    runtime.stopSandbox(runtime.sandboxes().getFirst().id());
    var pod = node.await("web", p -> restarts(p) == 1 && container(p, 0).path("ready").asBoolean());
    node.awaitEvent(
        "web", "Normal SandboxChanged Pod sandbox changed, it will be killed and re-created.");
    assertEquals(1, runtime.sandboxes().size());
    assertNotEquals(
        container(before, 0).path("containerID"), container(pod, 0).path("containerID"));
  }

  @Test
  void anImageThatIsNotThereAndMayNotBePulled() {
    node.createPod(
        "web", "'containers':[{'name':'a','image':'nowhere:1','imagePullPolicy':'Never'}]");
    var pod = node.await("web", p -> waitingReason(p).equals("ErrImageNeverPull"));
    assertEquals(
        "Container image \"nowhere:1\" is not present with pull policy of Never",
        container(pod, 0).at("/state/waiting/message").asText());
    assertEquals("Pending", pod.at("/status/phase").asText());
  }

  @Test
  void environmentComesFromEverywhere() throws IOException {
    node.create(
        Resources.CONFIG_MAPS,
        "{'metadata':{'name':'settings','namespace':'default'},'data':{'colour':'red'}}");
    node.create(
        Resources.SECRETS,
        "{'metadata':{'name':'keys','namespace':'default'},'stringData':{'key':'hush'}}");
    var env =
        "'env':[{'name':'A','value':'1'},{'name':'B','value':'$(A)2 $$(A)'},"
            + "{'name':'POD','valueFrom':{'fieldRef':{'fieldPath':'metadata.name'}}},"
            + "{'name':'IP','valueFrom':{'fieldRef':{'fieldPath':'status.podIP'}}},"
            + "{'name':'COLOUR','valueFrom':{'configMapKeyRef':{'name':'settings','key':'colour'}}},"
            + "{'name':'KEY','valueFrom':{'secretKeyRef':{'name':'keys','key':'key'}}}],"
            + "'envFrom':[{'prefix':'P_','configMapRef':{'name':'settings'}}]";
    node.createPod(
        "web",
        "'restartPolicy':'Never','containers':["
            + shell("a", "env | sort").replace("'command'", env + ",'command'")
            + "]");
    assertEnvironment(
        Set.of("A=1", "B=12 $(A)", "POD=web", "COLOUR=red", "KEY=hush", "P_colour=red"));
  }

  /** The container a of pod web was given these variables. */
  abstract void assertEnvironment(Set<String> variables) throws IOException;

  @Test
  void aMissingConfigMapIsWaitedFor() {
    node.createPod(
        "web",
        "'containers':["
            + sleeper("a")
                .replace("'command'", "'envFrom':[{'configMapRef':{'name':'late'}}],'command'")
            + "]");
    var pod = node.await("web", p -> waitingReason(p).equals("CreateContainerConfigError"));
    assertEquals(
        "configmap \"late\" not found", container(pod, 0).at("/state/waiting/message").asText());
    node.create(
        Resources.CONFIG_MAPS, "{'metadata':{'name':'late','namespace':'default'},'data':{}}");
    node.clock.advance(Duration.ofSeconds(11));
    node.awaitPhase("web", "Running");
  }

  @Test
  void aVolumeThatIsMissingKeepsThePodWaiting() {
    node.createPod(
        "web",
        "'volumes':[{'name':'v','configMap':{'name':'late'}}],'containers':["
            + sleeper("a")
                .replace("'command'", "'volumeMounts':[{'name':'v','mountPath':'/v'}],'command'")
            + "]");
    node.awaitEvent(
        "web",
        "Warning FailedMount MountVolume.SetUp failed for volume \"v\" : configmap \"late\" not"
            + " found");
    node.await("web", p -> waitingReason(p).equals("ContainerCreating"));
    node.create(
        Resources.CONFIG_MAPS,
        "{'metadata':{'name':'late','namespace':'default'},'data':{'k':'v'}}");
    node.awaitPhase("web", "Running");
  }

  @Test
  void changesComeToTheFilesOfAPodThatRuns() {
    node.create(
        Resources.CONFIG_MAPS,
        "{'metadata':{'name':'settings','namespace':'default'},'data':{'k':'1'}}");
    node.create(
        Resources.SECRETS,
        "{'metadata':{'name':'word','namespace':'default'},'stringData':{'k':'1'}}");
    node.createPod(
        "web",
        "'volumes':[{'name':'c','configMap':{'name':'settings'}},{'name':'p','projected':"
            + "{'sources':[{'secret':{'name':'word'}},{'downwardAPI':{'items':[{'path':'labels',"
            + "'fieldRef':{'fieldPath':'metadata.labels'}}]}}]}}],'containers':["
            + sleeper("a")
                .replace(
                    "'command'",
                    "'volumeMounts':[{'name':'c','mountPath':'/c'},{'name':'p','mountPath':'/p'}],'command'")
            + "]");
    var uid = node.awaitPhase("web", "Running").at("/metadata/uid").asText();
    var volumes = folder.resolve("pods/" + uid + "/volumes");
    change(Resources.CONFIG_MAPS, "settings", "{'data':{'k':'2'}}");
    change(Resources.SECRETS, "word", "{'data':{'k':'Mw=='}}");
    change(Resources.PODS, "web", "{'metadata':{'labels':{'colour':'red'}}}");
    node.awaitThat(() -> content(volumes.resolve("kubernetes.io~configmap/c/k")).equals("2"));
    var projected = volumes.resolve("kubernetes.io~projected/p");
    node.awaitThat(() -> content(projected.resolve("k")).equals("3"));
    node.awaitThat(() -> content(projected.resolve("labels")).equals("colour=\"red\""));
  }

  private void change(GroupVersionResource resource, String name, String fields) {
    node.client.patch(resource, TestNode.key(name), Patch.merge(TestNode.json(fields)));
  }

  /** Empty while the file is being exchanged. */
  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException notNow) {
      return "";
    }
  }

  @Test
  void whatIsNotSupportedIsRefusedWithItsName() {
    node.createPod("web", "'hostUsers':false,'containers':[" + sleeper("a") + "]");
    var pod = node.awaitPhase("web", "Failed");
    assertEquals("UnsupportedFields", pod.at("/status/reason").asText());
    assertTrue(pod.at("/status/message").asText().contains("spec.hostUsers"));
    node.awaitEvent("web", "Warning UnsupportedFields " + pod.at("/status/message").asText());
    assertEquals(0, runtime.sandboxes().size());
  }

  @Test
  void aRunningContainerIsResizedInPlace() {
    var container = resizable("100m", "64Mi");
    node.createPod("web", "'terminationGracePeriodSeconds':1,'containers':[" + container + "]");
    var before = node.awaitPhase("web", "Running");
    resize("web", "{'cpu':'300m','memory':'64Mi'}");
    var pod =
        node.await(
            "web", p -> container(p, 0).at("/resources/requests/cpu").asText().equals("300m"));
    assertEquals(2, pod.at("/status/observedGeneration").asInt());
    assertEquals("300m", container(pod, 0).at("/allocatedResources/cpu").asText());
    assertEquals(0, restarts(pod));
    assertEquals(container(before, 0).path("containerID"), container(pod, 0).path("containerID"));
    node.awaitEventLike("web", "Normal ResizeCompleted");
    assertResized(newest("a").id());

    resize("web", "{'cpu':'300m','memory':'96Mi'}");
    pod = node.await("web", p -> restarts(p) == 1 && container(p, 0).path("ready").asBoolean());
    assertEquals("96Mi", container(pod, 0).at("/resources/limits/memory").asText());
    node.awaitEvent("web", "Normal Killing Container a resize requires restart");
  }

  @Test
  void allContainersOfAPodAreResizedTogether() {
    node.createPod(
        "web",
        "'containers':["
            + named("a", "100m")
            + ","
            + named("b", "200m")
            + ","
            + sleeper("c").replace("'command'", "'resources':{'requests':{'cpu':'50m'}},'command'")
            + "]");
    node.awaitPhase("web", "Running");
    var patch =
        "{'spec':{'containers':[{'name':'a','resources':%s},{'name':'b','resources':%s},"
                .formatted(amounts("150m"), amounts("0.1"))
            + "{'name':'c','resources':{'requests':{'cpu':'0.05'},'limits':{'memory':'64Mi'}}}]}}";
    node.client.patch(
        Resources.PODS, TestNode.key("web"), "resize", Patch.strategic(TestNode.json(patch)));
    var pod = node.await("web", p -> container(p, 2).at("/resources/limits/memory").isTextual());
    assertEquals("150m", container(pod, 0).at("/resources/limits/cpu").asText());
    assertEquals("100m", container(pod, 1).at("/resources/limits/cpu").asText());
    for (int i = 0; i < 3; i++) {
      assertEquals(0, container(pod, i).path("restartCount").asInt());
    }
  }

  private static String named(String name, String cpu) {
    return sleeper(name).replace("'command'", "'resources':" + amounts(cpu) + ",'command'");
  }

  private static String amounts(String cpu) {
    return "{'requests':{'cpu':'%s'},'limits':{'cpu':'%s'}}".formatted(cpu, cpu);
  }

  @Test
  void aResizeThatDoesNotFitIsSaidAndNotDone() {
    node.createPod("web", "'containers':[" + resizable("100m", "64Mi") + "]");
    node.awaitPhase("web", "Running");
    resize("web", "{'cpu':'1000','memory':'64Mi'}");
    var pod = node.await("web", p -> hasCondition(p, "PodResizePending"));
    assertCondition(pod, "PodResizePending", "True", "Infeasible");
    var message = TestNode.condition(pod, "PodResizePending").path("message").asText();
    int capacity = runtime.info().cpus() * 1000;
    assertEquals(
        "Node didn't have enough capacity: cpu, requested: 1000000, capacity: " + capacity,
        message);
    assertEquals("100m", container(pod, 0).at("/resources/requests/cpu").asText());

    resize("web", "{'cpu':'200m','memory':'64Mi'}");
    pod = node.await("web", p -> !hasCondition(p, "PodResizePending"));
    assertEquals("200m", container(pod, 0).at("/resources/requests/cpu").asText());
  }

  @Test
  void aResizeWaitsForRoomThatOthersHave() {
    var all = runtime.info().cpus() * 1000;
    node.createPod("big", "'containers':[" + resizable((all - 200) + "m", "64Mi") + "]");
    node.createPod("web", "'containers':[" + resizable("100m", "64Mi") + "]");
    node.awaitPhase("big", "Running");
    node.awaitPhase("web", "Running");
    resize("web", "{'cpu':'400m','memory':'64Mi'}");
    var pod = node.await("web", p -> hasCondition(p, "PodResizePending"));
    assertCondition(pod, "PodResizePending", "True", "Deferred");
    node.delete("big", 0);
    node.awaitGone("big");
    node.clock.advance(Duration.ofSeconds(11));
    node.await("web", p -> !hasCondition(p, "PodResizePending"));
  }

  /** What the engine holds the container to: 300m of CPU. */
  abstract void assertResized(String containerId);

  /** Its memory changes by a restart, its CPU as it runs. */
  private static String resizable(String cpu, String memory) {
    var amounts = "{'cpu':'" + cpu + "','memory':'" + memory + "'}";
    return sleeper("a")
        .replace(
            "'command'",
            "'resources':{'requests':%s,'limits':%s},'resizePolicy':[".formatted(amounts, amounts)
                + "{'resourceName':'memory','restartPolicy':'RestartContainer'}],'command'");
  }

  private void resize(String pod, String amounts) {
    var patch =
        "{'spec':{'containers':[{'name':'a','resources':{'requests':%s,'limits':%s}}]}}"
            .formatted(amounts, amounts);
    node.client.patch(
        Resources.PODS, TestNode.key(pod), "resize", Patch.strategic(TestNode.json(patch)));
  }

  private static boolean hasCondition(ObjectNode pod, String type) {
    return pod.at("/status/conditions")
        .valueStream()
        .anyMatch(condition -> condition.path("type").asText().equals(type));
  }

  @Test
  void aPodThatFillsItsVolumeBeyondTheLimitIsEvicted() throws IOException {
    var mount = "'volumeMounts':[{'name':'v','mountPath':'/v'}],'command'";
    node.createPod(
        "web",
        "'volumes':[{'name':'v','emptyDir':{'sizeLimit':'1Mi'}}],'containers':["
            + sleeper("a").replace("'command'", mount)
            + "]");
    var uid = node.awaitPhase("web", "Running").at("/metadata/uid").asText();
    node.clock.advance(Duration.ofSeconds(11));
    var volume = folder.resolve("pods/" + uid + "/volumes/kubernetes.io~empty-dir/v");
    Files.write(volume.resolve("much"), new byte[(1 << 20) + 1]);
    node.clock.advance(Duration.ofSeconds(11));
    var pod = node.awaitPhase("web", "Failed");
    var why = "Usage of EmptyDir volume \"v\" exceeds the limit \"1Mi\". ";
    assertEquals("Evicted " + why, pod.at("/status/reason").asText() + " " + said(pod));
    assertCondition(pod, "DisruptionTarget", "True", "TerminationByKubelet");
    node.awaitEvent("web", "Warning Evicted " + why);
    node.awaitThat(() -> runtime.sandboxes().stream().noneMatch(Sandbox::running));
  }

  private static String said(ObjectNode pod) {
    return pod.at("/status/message").asText();
  }

  @Test
  void aContainersOwnRulesSayWhetherItRunsAgain() {
    node.createPod(
        "web",
        "'restartPolicy':'Never','containers':["
            + shell("a", "exit 42")
                .replace(
                    "'command'",
                    "'restartPolicy':'Never','restartPolicyRules':[{'action':'Restart',"
                        + "'exitCodes':{'operator':'In','values':[42]}}],'command'")
            + "]");
    node.await("web", p -> waitingReason(p).equals("CrashLoopBackOff"));
    assertEquals("Running", node.pod("web").at("/status/phase").asText());
    node.createPod(
        "done",
        "'restartPolicy':'Always','containers':["
            + shell("b", "exit 3").replace("'command'", "'restartPolicy':'Never','command'")
            + "]");
    assertEquals(0, restarts(node.awaitPhase("done", "Failed")));
    node.createPod(
        "init",
        "'restartPolicy':'Always','initContainers':["
            + shell("i", "exit 3").replace("'command'", "'restartPolicy':'Never','command'")
            + "],'containers':["
            + sleeper("c")
            + "]");
    node.awaitPhase("init", "Failed");
  }

  @Test
  void aRuntimeClassNamesWhatTheEngineRunsThePodWith() {
    node.create(RUNTIME_CLASSES, "{'metadata':{'name':'plain'},'handler':'runc'}");
    node.createPod("web", "'runtimeClassName':'plain','containers':[" + sleeper("a") + "]");
    node.awaitPhase("web", "Running");
    var before = node.client.get(RUNTIME_CLASSES, ObjectKey.cluster("plain"));
    assertEquals("runc", before.path("handler").asText());
  }

  @Test
  void aReadinessProbeDecides() {
    node.createPod(
        "web",
        "'containers':["
            + sleeper("a")
                .replace(
                    "'command'",
                    "'readinessProbe':{'exec':{'command':['false']},'periodSeconds':1},'command'")
            + "]");
    var pod = node.awaitPhase("web", "Running");
    assertFalse(container(pod, 0).path("ready").asBoolean());
    assertTrue(container(pod, 0).path("started").asBoolean());
    assertCondition(pod, "Ready", "False", "ContainersNotReady");
    node.awaitEventLike("web", "Warning Unhealthy Readiness probe failed:");
  }

  @Test
  void aFailedLivenessProbeRestarts() {
    node.createPod(
        "web",
        "'terminationGracePeriodSeconds':1,'containers':["
            + sleeper("a")
                .replace(
                    "'command'",
                    "'livenessProbe':{'exec':{'command':['false']},'periodSeconds':1,"
                        + "'failureThreshold':1},'command'")
            + "]");
    node.await("web", p -> restarts(p) == 1);
    node.awaitEvent("web", "Normal Killing Container a failed liveness probe, will be restarted");
  }

  @Test
  void theOutputOfAContainer() throws IOException {
    node.createPod(
        "web", "'restartPolicy':'Never','containers':[" + shell("a", "echo hello world") + "]");
    node.awaitPhase("web", "Succeeded");
    try (var in = node.kubelet().logs().open("default", "web", "a", LogOptions.ALL)) {
      assertEquals("hello world\n", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void logsSayWhyThereAreNone() {
    node.createPod(
        "web", "'containers':[{'name':'a','image':'nowhere:1','imagePullPolicy':'Never'}]");
    node.await("web", p -> waitingReason(p).equals("ErrImageNeverPull"));
    var logs = node.kubelet().logs();
    var waiting =
        assertThrows(ApiException.class, () -> logs.open("default", "web", "a", LogOptions.ALL));
    assertEquals(
        "container \"a\" in pod \"web\" is waiting to start: ErrImageNeverPull",
        waiting.getMessage());
    var previous = new LogOptions(false, true, 0, null, false, -1, 0, "All");
    var none = assertThrows(ApiException.class, () -> logs.open("default", "web", "a", previous));
    assertEquals("previous terminated container \"a\" in pod \"web\" not found", none.getMessage());
  }

  @Test
  void theNodeIsReadyWithWhatTheMachineHas() {
    var found = node.client.get(Resources.NODES, ObjectKey.cluster(TestNode.NODE));
    assertCondition(found, "Ready", "True", "KubeletReady");
    assertCondition(found, "MemoryPressure", "False", "KubeletHasSufficientMemory");
    assertEquals("110", found.at("/status/capacity/pods").asText());
    assertEquals("10.0.0.5", found.at("/status/addresses/0/address").asText());
    assertEquals(
        runtime.info().runtimeVersion(),
        found.at("/status/nodeInfo/containerRuntimeVersion").asText());
    assertEquals(TestNode.NODE, found.at("/metadata/labels/kubernetes.io~1hostname").asText());
    var lease = new ObjectKey("kube-node-lease", TestNode.NODE);
    node.awaitThat(() -> node.client.find(Resources.LEASES, lease).isPresent());
    assertEquals(1, node.client.list(Resources.NODES, "", ListOptions.ALL).items().size());
  }

  /** Puts a container into a running pod, as {@code kubectl debug} does. */
  private void debug(String pod, String container) {
    var patch = TestNode.json("{'spec':{'ephemeralContainers':[" + container + "]}}");
    node.client.patch(
        Resources.PODS, TestNode.key(pod), "ephemeralcontainers", Patch.strategic(patch));
  }

  private static com.fasterxml.jackson.databind.JsonNode ephemeral(ObjectNode pod, int index) {
    return pod.at("/status/ephemeralContainerStatuses/" + index);
  }

  @Test
  void anEphemeralContainerRunsOnceBesideTheOthers() {
    node.createPod("web", "'containers':[" + sleeper("a") + "]");
    node.awaitPhase("web", "Running");
    debug("web", shell("look", "exit 3").replaceFirst("}$", ",'targetContainerName':'a'}"));
    var pod = node.await("web", p -> ephemeral(p, 0).at("/state").has("terminated"));
    assertEquals(3, ephemeral(pod, 0).at("/state/terminated/exitCode").asInt());
    assertFalse(ephemeral(pod, 0).path("ready").asBoolean(true));
    assertFalse(ephemeral(pod, 0).has("started"));
    debug("web", sleeper("stay"));
    pod = node.await("web", p -> ephemeral(p, 1).at("/state").has("running"));
    assertEquals("Running", pod.at("/status/phase").asText());
    assertEquals(0, restarts(pod));
    assertCondition(pod, "ContainersReady", "True", "");
    assertEquals(0, newest("look").attempt());
    assertEquals(3, runtime.containers().size());
    node.delete("web", 1);
    node.awaitGone("web");
    assertEquals(0, runtime.containers().size());
    node.awaitEvent("web", "Normal Killing Stopping container stay");
  }

  @Test
  void anEphemeralContainerIsTakenOverAndNeverMadeAgain() {
    node.createPod("web", "'containers':[" + sleeper("a") + "]");
    node.awaitPhase("web", "Running");
    debug("web", sleeper("look"));
    var before = node.await("web", p -> ephemeral(p, 0).at("/state").has("running"));
    node.stopKubelet();
    node.startKubelet();
    debug("web", sleeper("second"));
    var after = node.await("web", p -> ephemeral(p, 1).at("/state").has("running"));
    assertEquals(ephemeral(before, 0).path("containerID"), ephemeral(after, 0).path("containerID"));

    node.stopKubelet();
    runtime.stopContainer(newest("look").id(), Duration.ZERO);
    runtime.removeContainer(newest("look").id());
    node.startKubelet();

    var lost = node.await("web", p -> ephemeral(p, 0).at("/state").has("terminated"));
    assertEquals(137, ephemeral(lost, 0).at("/state/terminated/exitCode").asInt());
    debug("web", sleeper("third"));
    node.await("web", p -> ephemeral(p, 2).at("/state").has("running"));
    assertTrue(runtime.containers().stream().noneMatch(c -> c.name().equals("look")));
  }

  @Test
  void anEphemeralContainerWaitsForItsTarget() {
    node.createPod(
        "web",
        "'restartPolicy':'OnFailure','containers':["
            + sleeper("a")
            + ","
            + shell("over", "true")
            + "]");
    node.await("web", p -> container(p, 1).at("/state").has("terminated"));
    debug("web", sleeper("look").replaceFirst("}$", ",'targetContainerName':'over'}"));
    var pod = node.await("web", p -> ephemeral(p, 0).at("/state/waiting").has("message"));
    var waiting = ephemeral(pod, 0).at("/state/waiting");
    assertEquals("CreateContainerConfigError", waiting.path("reason").asText());
    assertEquals("unable to find target container over", waiting.path("message").asText());
    node.awaitEvent("web", "Warning Failed Error: unable to find target container over");
  }
}
