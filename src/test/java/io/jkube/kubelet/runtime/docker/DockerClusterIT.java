package io.jkube.kubelet.runtime.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.contract.RuntimeSpecs;
import io.jkube.kubelet.runtime.ContainerRuntime.Container.State;
import io.jkube.kubelet.runtime.ContainerRuntime.PodRef;
import io.jkube.kubelet.runtime.RuntimeFailure;
import io.jkube.testing.BusyboxImage;
import io.jkube.testing.DockerFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is Docker's own in the runtime: several clusters and nodes, namespaces, names, the pause
 * image.
 */
final class DockerClusterIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private DockerFixture docker;
  private String image;

  @BeforeEach
  void open() throws Exception {
    image = BusyboxImage.in(DockerFixture.ENGINE);
    docker = DockerFixture.open();
  }

  @AfterEach
  void close() {
    docker.close();
  }

  @Test
  void clustersAndNodesOnOneEngineNeverMeet() {
    var here = docker.cluster().runtime("one");
    var beside = docker.cluster().runtime("two");
    try (var other = DockerFixture.open()) {
      var elsewhere = other.cluster().runtime("one");
      var mine = run(here, "web", "sleep 100");
      var theirs = run(elsewhere, "web", "sleep 100");

      assertEquals(List.of(mine), ids(here));
      assertEquals(List.of(theirs), ids(elsewhere));
      assertEquals(List.of(), ids(beside));
      assertTrue(here.container(theirs).isEmpty());
      assertTrue(beside.container(mine).isEmpty());
      assertNotEquals(docker.cluster().network().subnet(), other.cluster().network().subnet());

      docker.cluster().remove();

      assertEquals(List.of(), ids(here));
      assertEquals(State.RUNNING, elsewhere.container(theirs).orElseThrow().state());
    }
  }

  @Test
  void theEngineDoesWithFoldersWhatOnlyRootMay(@TempDir Path folder) throws IOException {
    var inside = Files.createDirectories(folder.resolve("a/b"));
    Files.writeString(inside.resolve("file"), "text");
    var kept = Files.writeString(folder.resolveSibling(folder.getFileName() + ".kept"), "kept");
    Files.createSymbolicLink(inside.resolve("link"), kept);
    var owner = docker.cluster().runtime("one").folderOwner();

    owner.give(folder, 2000);
    assertEquals(2000, Files.getAttribute(inside.resolve("file"), "unix:gid"));
    assertEquals(02070, (int) Files.getAttribute(inside, "unix:mode") & 02070);
    assertNotEquals(2000, Files.getAttribute(kept, "unix:gid"));

    owner.empty(folder);
    assertEquals(0, folder.toFile().list().length);
    assertTrue(Files.exists(kept));
    Files.delete(kept);
  }

  @Test
  void podsOfTwoNodesReachEachOther() {
    var one = docker.cluster().runtime("one");
    var two = docker.cluster().runtime("two");
    run(one, "server", "echo found > /tmp/index.html; httpd -f -p 8080 -h /tmp");
    var address = one.sandboxes().getFirst().address();
    var client = run(two, "client", "sleep 100");
    var script = "for i in 1 2 3 4 5; do wget -qO- http://%s:8080/ && break; sleep 1; done";
    var answer = two.exec(client, List.of("sh", "-c", script.formatted(address)), PATIENCE);
    assertEquals("found\n", new String(answer.stdout()));
  }

  @Test
  void containersHaveTheNamesAndLabelsThatPeopleLookFor() {
    var runtime = docker.cluster().runtime("node");
    var id = run(runtime, "web", "sleep 100");
    var pod = runtime.container(id).orElseThrow().pod();
    var inspected = inspect(id);
    assertEquals("/k8s_main_web_default_" + pod.uid() + "_0", inspected.path("Name").asText());
    var labels = inspected.path("Config").path("Labels");
    assertEquals("web", labels.path("io.kubernetes.pod.name").asText());
    assertEquals("container", labels.path("io.kubernetes.docker.type").asText());
    var sandbox = runtime.sandboxes().getFirst().id();
    assertEquals(sandbox, labels.path("io.kubernetes.sandbox.id").asText());
    assertEquals("container:" + sandbox, inspected.at("/HostConfig/NetworkMode").asText());
    assertEquals("10m", inspected.at("/HostConfig/LogConfig/Config/max-size").asText());
  }

  @Test
  void thePauseProgramReapsZombiesAndEndsWhenAsked() {
    var runtime = docker.cluster().runtime("node");
    var pod = RuntimeSpecs.pod("shared");
    var spec = RuntimeSpecs.sandbox(pod, true);
    var sandbox = runtime.runSandbox(spec).id();
    var orphans = "for i in 1 2 3 4 5; do sh -c 'sleep 0.2 & exit' & done; wait; sleep 100";
    var id = runtime.createContainer(spec, sandbox, RuntimeSpecs.shell(pod, image, orphans));
    runtime.startContainer(id);

    var count = "sleep 1; grep -l '^State:.Z' /proc/[0-9]*/status | wc -l; cat /proc/1/comm";
    var seen = runtime.exec(id, List.of("sh", "-c", count), PATIENCE);
    assertEquals("0\npause\n", new String(seen.stdout()));

    long before = System.nanoTime();
    runtime.stopContainer(sandbox, Duration.ofSeconds(10));
    assertTrue(System.nanoTime() - before < Duration.ofSeconds(5).toNanos());
    assertFalse(runtime.sandbox(sandbox).orElseThrow().running());
    assertEquals(0, inspect(sandbox).at("/State/ExitCode").asInt());
  }

  @Test
  void limitsAndSecurityReachTheContainer() {
    var runtime = docker.cluster().runtime("node");
    var pod = RuntimeSpecs.pod("limited");
    var spec = RuntimeSpecs.sandbox(pod);
    var sandbox = runtime.runSandbox(spec).id();
    var resources =
        new io.jkube.kubelet.runtime.ContainerRuntime.Resources(
            512, 100_000, 50_000, 64 << 20, -997, "");
    var security =
        new io.jkube.kubelet.runtime.ContainerRuntime.Security(
            "1000:2000",
            List.of("3000"),
            false,
            true,
            true,
            List.of(),
            List.of("ALL"),
            null,
            null,
            null,
            true);
    var id =
        runtime.createContainer(
            spec,
            sandbox,
            RuntimeSpecs.container(
                pod, image, List.of("sleep", "100"), false, false, List.of(), resources, security));
    runtime.startContainer(id);

    var host = inspect(id).path("HostConfig");
    assertEquals(64 << 20, host.path("Memory").asLong());
    assertEquals(64 << 20, host.path("MemorySwap").asLong());
    assertEquals(50_000, host.path("CpuQuota").asLong());
    assertEquals(512, host.path("CpuShares").asLong());
    var status = "id -u; id -g; id -G; grep -e NoNewPrivs -e CapBnd /proc/self/status; touch /x";
    var seen = runtime.exec(id, List.of("sh", "-c", status), PATIENCE);
    assertEquals(
        "1000\n2000\n2000 3000\nCapBnd:\t0000000000000000\nNoNewPrivs:\t1\n",
        new String(seen.stdout()));
    assertTrue(new String(seen.stderr()).contains("Read-only file system"));
  }

  @Test
  void aCommandThatIsNotThereIsAFailedStart() {
    var runtime = docker.cluster().runtime("node");
    var pod = RuntimeSpecs.pod("broken");
    var spec = RuntimeSpecs.sandbox(pod);
    var sandbox = runtime.runSandbox(spec).id();
    var command = RuntimeSpecs.container(pod, image, List.of("/no/such"), false, false);
    var id = runtime.createContainer(spec, sandbox, command);
    try {
      runtime.startContainer(id);
    } catch (RuntimeFailure failure) {
      assertEquals(RuntimeFailure.Kind.REFUSED, failure.kind());
      assertTrue(failure.getMessage().contains("/no/such"), failure.getMessage());
    }
    var failed = runtime.container(id).orElseThrow();
    assertEquals(State.EXITED, failed.state());
    assertEquals(127, failed.exitCode());
  }

  @Test
  void stoppedPodsAreLeftToBeFound() {
    var runtime = docker.cluster().runtime("node");
    var id = run(runtime, "web", "trap 'exit 7' TERM; while true; do sleep 0.1; done");
    docker.cluster().stopAllPods(Duration.ofSeconds(5));
    var stopped = runtime.container(id).orElseThrow();
    assertEquals(State.EXITED, stopped.state());
    assertEquals(7, stopped.exitCode());
    assertFalse(runtime.sandboxes().getFirst().running());
  }

  @Test
  void aNewProcessFindsWhatAnEarlierOneMade() {
    var id = run(docker.cluster().runtime("node"), "web", "sleep 100");
    var earlier = docker.cluster().network();
    try (var again =
        DockerRuntime.connect(
            DockerFixture.ENGINE, docker.name(), "node", ClusterSettings.DEFAULTS)) {
      assertEquals(State.RUNNING, again.container(id).orElseThrow().state());
      assertEquals(earlier, again.cluster().network());
    }
  }

  private String run(DockerRuntime runtime, String name, String script) {
    PodRef pod = RuntimeSpecs.pod(name);
    var spec = RuntimeSpecs.sandbox(pod);
    var sandbox = runtime.runSandbox(spec).id();
    var id = runtime.createContainer(spec, sandbox, RuntimeSpecs.shell(pod, image, script));
    runtime.startContainer(id);
    return id;
  }

  private com.fasterxml.jackson.databind.JsonNode inspect(String id) {
    return docker.cluster().engine().get("/containers/" + id + "/json");
  }

  private static List<String> ids(DockerRuntime runtime) {
    Set<String> ids =
        runtime.containers().stream().map(found -> found.id()).collect(Collectors.toSet());
    return List.copyOf(ids);
  }
}
