package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.testing.BusyboxImage;
import io.jkube.testing.DockerFixture;
import io.jkube.testing.UserMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** What becomes of real containers when clusters stop, start and go. One cluster of three nodes. */
@TestMethodOrder(OrderAnnotation.class)
@Timeout(180)
final class ClustersOnDockerIT {
  private static final String CONTAINER_ID = "jsonpath={.status.containerStatuses[0].containerID}";
  private static UserMachine user;
  private static UserMachine neighbour;

  @BeforeAll
  static void start() throws Exception {
    BusyboxImage.in(DockerFixture.ENGINE);
    user = UserMachine.open();
    neighbour = UserMachine.open(user.cluster());
    user.jkube("start", "--name", user.cluster(), "--port", "0", "--nodes", "3").expectSuccess();
  }

  @AfterAll
  static void delete() throws Exception {
    try {
      neighbour.close();
    } finally {
      user.close();
    }
  }

  @Test
  @Order(1)
  void podsSpreadOverTheNodesOfOneEngine() throws Exception {
    assertEquals(3, user.kubectl("get", "nodes", "-o", "name").expectSuccess().lines().count());
    for (int i = 0; i < 3; i++) {
      run("spread-" + i);
    }
    awaitReady("spread-0", "spread-1", "spread-2");
    var nodes = user.kubectl("get", "pods", "-o", "jsonpath={.items[*].spec.nodeName}");
    assertEquals(3, Set.of(nodes.expectSuccess().split(" ")).size(), nodes.stdout());
    assertEquals(6, containers(user.cluster()).size(), "a container and a sandbox a pod");
    user.kubectl("delete", "pods", "--all", "--now").expectSuccess();
  }

  @Test
  @Order(2)
  void aStartTakesOverWhatRunsAndRemovesWhatIsOfNoPod() throws Exception {
    run("keep");
    awaitReady("keep");
    var before = id("keep");
    user.jkube("stop", "--name", user.cluster()).expectSuccess();
    var backup = copy(state(), user.home().resolve("backup"));
    user.jkube("start", "--name", user.cluster()).expectSuccess();
    run("orphan");
    awaitReady("orphan");
    assertEquals(before, id("keep"));
    var orphan = id("orphan").substring("docker://".length());

    user.jkube("stop", "--name", user.cluster()).expectSuccess();
    assertTrue(running(orphan), "the pods run on");
    // A state of before: of the pod "orphan" nobody knows any more.
    deleteFolder(state());
    copy(backup, state());
    user.jkube("start", "--name", user.cluster()).expectSuccess();
    awaitReady("keep");
    assertEquals(before, id("keep"), "it was not restarted");
    user.await("the orphan's container to go", () -> !containers(user.cluster()).contains(orphan));
  }

  @Test
  @Order(3)
  void aContainerThatSomebodyRemovedIsMadeAgain() throws Exception {
    var before = id("keep");
    user.docker("rm", "-f", before.substring("docker://".length())).expectSuccess();
    user.await("another container", () -> !id("keep").equals(before) && !id("keep").isEmpty());
    awaitReady("keep");
  }

  @Test
  @Order(4)
  void aSandboxThatSomebodyRemovedIsMadeAgain() throws Exception {
    var before = id("keep");
    var sandbox =
        user.docker(
                "ps",
                "-q",
                "--no-trunc",
                "--filter",
                "label=io.kubernetes.pod.name=keep",
                "--filter",
                "label=io.jkube.cluster=" + user.cluster(),
                "--filter",
                "label=io.kubernetes.docker.type=podsandbox")
            .expectSuccess()
            .strip();
    user.docker("rm", "-f", sandbox).expectSuccess();
    user.await("another container", () -> !id("keep").equals(before) && !id("keep").isEmpty());
    awaitReady("keep");
  }

  @Test
  @Order(5)
  void stopWithPodsEndsThemUntilTheStart() throws Exception {
    var id = id("keep").substring("docker://".length());
    user.jkube("stop", "--name", user.cluster(), "--pods").expectSuccess();
    assertEquals(false, running(id));
    user.jkube("start", "--name", user.cluster()).expectSuccess();
    user.await("another container", () -> !id("keep").endsWith(id));
    awaitReady("keep");
  }

  @Test
  @Order(6)
  void aNeighboursClusterOfTheSameNameTouchesNothing() throws Exception {
    var before = containers(user.cluster());
    var refused = neighbour.jkube("start", "--name", user.cluster(), "--port", "0");
    assertEquals(1, refused.exitCode(), refused.toString());
    assertTrue(refused.stderr().contains("choose another --name"), refused.stderr());
    neighbour.jkube("delete", "--name", user.cluster()).expectSuccess();
    assertEquals(before, containers(user.cluster()));
  }

  @Test
  @Order(7)
  void aDeletedClusterTakesNothingOfAnothersWithIt() throws Exception {
    var other = user.cluster() + "-2";
    user.jkube("start", "--name", other, "--port", "0").expectSuccess();
    user.kubectl("run", "web", "--image=" + BusyboxImage.NAME, "--", "sleep", "3600")
        .expectSuccess();
    user.kubectl("wait", "--for=condition=Ready", "pod/web", "--timeout=60s").expectSuccess();
    assertEquals(2, containers(other).size());
    var before = containers(user.cluster());
    var networks = networks(user.cluster());
    assertEquals(1, networks.size());
    assertEquals(1, networks(other).size());
    user.jkube("delete", "--name", other).expectSuccess();
    assertEquals(Set.of(), containers(other));
    assertEquals(Set.of(), networks(other));
    assertEquals(before, containers(user.cluster()));
    assertEquals(networks, networks(user.cluster()));
    awaitReady("keep");

    user.jkube("stop", "--name", user.cluster()).expectSuccess();
    user.jkube("delete", "--name", user.cluster()).expectSuccess();
    assertEquals(Set.of(), containers(user.cluster()));
    assertEquals(Set.of(), networks(user.cluster()));
  }

  private static void run(String pod) throws Exception {
    user.kubectl("run", pod, "--image=" + BusyboxImage.NAME, "--", "sleep", "3600").expectSuccess();
  }

  private static void awaitReady(String... pods) throws Exception {
    var words = new ArrayList<>(List.of("wait", "--for=condition=Ready", "--timeout=60s"));
    for (var pod : pods) {
      words.add("pod/" + pod);
    }
    user.kubectl(words.toArray(String[]::new)).expectSuccess();
  }

  /** {@code docker://<id>} of a pod's container. */
  private static String id(String pod) throws Exception {
    return user.kubectl("get", "pod", pod, "-o", CONTAINER_ID).expectSuccess();
  }

  private static boolean running(String container) throws Exception {
    return user.docker("inspect", "-f", "{{.State.Running}}", container)
        .expectSuccess()
        .startsWith("true");
  }

  private static Set<String> containers(String cluster) throws Exception {
    return ids("ps", "-aq", "--no-trunc", "--filter", "label=io.jkube.cluster=" + cluster);
  }

  private static Set<String> networks(String cluster) throws Exception {
    return ids("network", "ls", "-q", "--filter", "label=io.jkube.cluster=" + cluster);
  }

  private static Set<String> ids(String... words) throws Exception {
    return user.docker(words).expectSuccess().lines().collect(Collectors.toSet());
  }

  private static Path state() {
    return user.jkubeHome().resolve(user.cluster()).resolve("state");
  }

  private static Path copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (var files = Files.list(from)) {
      for (var file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return to;
  }

  private static void deleteFolder(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
  }
}
