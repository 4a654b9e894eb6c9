package io.jkube.kubelet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.Resources;
import io.jkube.kubelet.pressure.EvictionSignal;
import io.jkube.kubelet.runtime.ContainerRuntime.Container.State;
import io.jkube.kubelet.runtime.ContainerRuntime.ContainerSummary;
import io.jkube.kubelet.runtime.fake.FakeRuntime;
import io.jkube.kubelet.staticpod.StaticPodSource;
import io.jkube.registry.core.Pods;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pods of files, on the engine in memory. */
final class StaticPodsTest {
  private static final String NAME = "web-" + TestNode.NODE;

  @TempDir Path folder;
  private Path files;
  private FakeRuntime runtime;
  private TestNode node;

  @BeforeEach
  void startNode() throws IOException {
    files = Files.createDirectory(folder.resolve("manifests"));
    runtime = new FakeRuntime(Clock.systemUTC());
    runtime.pull("busybox:1.36", null, line -> {});
    node =
        new TestNode(
            runtime,
            folder.resolve("kubelet"),
            config -> config.withStaticPods(new StaticPodSource(files, this::read)));
  }

  @AfterEach
  void stopNode() {
    node.close();
  }

  private ObjectNode read(byte[] file) {
    var pod = Json.parse(file);
    Pods.definition(node.clock).strategy().applyDefaults(pod);
    return pod;
  }

  @Test
  void aFilesPodRunsAndShowsInTheApi() throws IOException {
    write("web.json", pod("web", "one"));
    var mirror = running(NAME);
    var annotations = mirror.at("/metadata/annotations");
    var hash = annotations.path("kubernetes.io/config.hash").asText();
    assertEquals(32, hash.length());
    assertEquals(hash, annotations.path("kubernetes.io/config.mirror").asText());
    assertEquals("file", annotations.path("kubernetes.io/config.source").asText());
    assertFalse(annotations.path("kubernetes.io/config.seen").asText().isEmpty());
    assertEquals("Node", mirror.at("/metadata/ownerReferences/0/kind").asText());
    assertEquals(TestNode.NODE, mirror.at("/spec/nodeName").asText());
    assertTrue(mirror.at("/spec/tolerations").toString().contains("NoExecute"));
    assertEquals(hash, runtime.containers().getFirst().pod().uid());
    assertTrue(TestNode.container(mirror, 0).path("ready").asBoolean());
  }

  @Test
  void aNodeUnderPressureRunsItsOwn() throws IOException {
    node.leave(EvictionSignal.NODEFS_AVAILABLE, 1, 1000);
    write("web.json", pod("web", "one"));
    running(NAME);
  }

  @Test
  void aMirrorThatIsDeletedComesBackAndThePodRunsOn() throws IOException {
    write("web.json", pod("web", "one"));
    var before = running(NAME);
    var container = runtime.containers().getFirst();
    node.delete(NAME, 30);
    node.awaitThat(() -> !uid(NAME).isEmpty() && !uid(NAME).equals(uid(before)));
    assertEquals(
        TestNode.container(before, 0).path("containerID"),
        TestNode.container(running(NAME), 0).path("containerID"));
    assertEquals(List.of(container.id()), ids());
  }

  @Test
  void aChangedFileIsAnotherPodAndNoFileIsNone() throws IOException {
    write("web.json", pod("web", "one"));
    var before = running(NAME);
    write("web.json", pod("web", "two"));
    node.awaitThat(
        () ->
            !uid(NAME).isEmpty()
                && "two".equals(node.pod(NAME).at("/spec/containers/0/args/0").asText()));
    var after = running(NAME);
    assertNotEquals(uid(before), uid(after));
    assertEquals(1, ids().size());
    assertEquals(List.of("two"), runtime.spec(ids().getFirst()).arguments());

    Files.delete(files.resolve("web.json"));
    node.awaitGone(NAME);
    assertEquals(List.of(), runtime.containers());
  }

  @Test
  void aFileThatIsWrongLeavesThePodAsItIs() throws IOException {
    write("web.json", pod("web", "one"));
    running(NAME);
    var containers = ids();
    write("web.json", "{");
    write("other.json", pod("other", "one"));
    running("other-" + TestNode.NODE); // so that the folder was looked at since
    assertTrue(ids().containsAll(containers));
    assertEquals(2, ids().size());
  }

  @Test
  void itRunsThoughTheServerRefusesItsMirror() throws IOException {
    write("web.json", pod("web", "one").replace("'default'", "'nowhere'"));
    node.awaitThat(() -> ids().size() == 1);
    assertEquals("nowhere", runtime.containers().getFirst().pod().namespace());
  }

  @Test
  void aKubeletThatComesBackTakesThePodOverAndMirrorsOfNoFileGo() throws IOException {
    write("web.json", pod("web", "one"));
    write("other.json", pod("other", "one"));
    var before = running(NAME);
    running("other-" + TestNode.NODE);
    node.stopKubelet();
    Files.delete(files.resolve("other.json"));
    node.startKubelet();
    node.awaitGone("other-" + TestNode.NODE);
    node.awaitThat(() -> ids().size() == 1);
    assertEquals(uid(before), uid(node.pod(NAME)));
    assertEquals(
        runtime.containers().getFirst().id(),
        TestNode.container(before, 0).path("containerID").asText().replaceFirst(".*//", ""));
  }

  @Test
  void anObjectThatShowsNoPodOfTheNodeGoes() {
    node.create(
        Resources.PODS,
        "{'metadata':{'name':'stray','namespace':'default',"
            + "'annotations':{'kubernetes.io/config.mirror':'x'}},"
            + "'spec':{'nodeName':'%s','containers':[{'name':'a','image':'busybox:1.36'}]}}"
                .formatted(TestNode.NODE));
    node.awaitGone("stray");
    assertEquals(List.of(), runtime.containers());
  }

  private ObjectNode running(String name) {
    node.awaitThat(() -> node.client.find(Resources.PODS, TestNode.key(name)).isPresent());
    return node.await(
        name,
        pod ->
            pod.at("/status/phase").asText().equals("Running")
                && TestNode.container(pod, 0).path("ready").asBoolean());
  }

  private String uid(String name) {
    return node.client.find(Resources.PODS, TestNode.key(name)).map(StaticPodsTest::uid).orElse("");
  }

  private static String uid(ObjectNode pod) {
    return pod.at("/metadata/uid").asText();
  }

  private List<String> ids() {
    return runtime.containers().stream()
        .filter(container -> container.state() == State.RUNNING)
        .map(ContainerSummary::id)
        .toList();
  }

  /** As a whole: half a file is no test of this. */
  private void write(String name, String json) throws IOException {
    var made = Files.writeString(folder.resolve(name), json.replace('\'', '"'));
    Files.move(made, files.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private static String pod(String name, String argument) {
    return "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'%s','namespace':'default'},"
            .formatted(name)
        + "'spec':{'terminationGracePeriodSeconds':1,'containers':[{'name':'a',"
        + "'image':'busybox:1.36','imagePullPolicy':'IfNotPresent','args':['%s']}]}}"
            .formatted(argument);
  }
}
