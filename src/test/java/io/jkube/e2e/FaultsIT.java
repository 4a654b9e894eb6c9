package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jkube.testing.BusyboxImage;
import io.jkube.testing.OwnEngine;
import io.jkube.testing.UserMachine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The server is killed, the engine hangs, somebody else kills containers: pods come to what they
 * should be, and nothing is there twice or left over. Needs root.
 */
@Timeout(240)
final class FaultsIT {
  private static final int PODS = 3;

  /** How many containers and sandboxes of three pods there are when the server is killed. */
  private static final List<Integer> KILLED_AT = List.of(1, 4);

  /**
   * The engine's requests are given up after 30 s: with -Djkube.hang.seconds=35 the test sees that,
   * too.
   */
  private static final long HANG_SECONDS = Long.getLong("jkube.hang.seconds", 3);

  private static OwnEngine engine;
  private static UserMachine user;

  @BeforeAll
  static void open() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root may run an engine");
    engine = OwnEngine.open();
    BusyboxImage.in(engine.address());
    user = UserMachine.open();
    user.set("DOCKER_HOST", engine.host());
  }

  @AfterAll
  static void close() throws Exception {
    if (engine != null) {
      try {
        user.close();
      } finally {
        engine.close();
      }
    }
  }

  @Test
  void aServerKilledAtAnyPointLeavesNothingTwiceAndNothingOver() throws Exception {
    for (int point : KILLED_AT) {
      try (var server = user.foreground("--port", "0")) {
        server.awaitReady();
        create("at" + point);
        user.await("containers", () -> containers("at" + point).size() >= point);
        server.kill();
      }
    }
    try (var server = user.foreground("--port", "0")) {
      server.awaitReady();
      user.kubectl("wait", "--for=condition=Ready", "pod", "--all", "--timeout=90s")
          .expectSuccess();
      for (int point : KILLED_AT) {
        var prefix = "at" + point;
        user.await("two containers a pod", () -> containers(prefix).size() == 2 * PODS);
        assertEquals(2 * PODS, containers(prefix).stream().distinct().count());
      }
      user.kubectl("delete", "pod", "--all", "--wait=false", "--grace-period=1").expectSuccess();
      user.await("the first to go", () -> containers("at").size() < 2 * PODS * KILLED_AT.size());
      server.kill();
    }
    try (var server = user.foreground("--port", "0")) {
      server.awaitReady();
      user.await(
          "no pod", () -> user.kubectl("get", "pods", "-o", "name").expectSuccess().isEmpty());
      user.await("no container", () -> containers("at").isEmpty());
      user.await("no folder of a pod", () -> podFolders() == 0);
    }
  }

  @Test
  void anEngineThatHangsIsWaitedFor() throws Exception {
    try (var server = user.foreground("--port", "0")) {
      server.awaitReady();
      create("before");
      user.kubectl("wait", "--for=condition=Ready", "pod/before-0", "pod/before-1", "pod/before-2")
          .expectSuccess();
      engine.freeze();
      try {
        create("meanwhile");
        user.kubectl("delete", "pod", "before-0", "--wait=false", "--grace-period=1")
            .expectSuccess();
        server.letRun(HANG_SECONDS * 1000);
      } finally {
        engine.thaw();
      }
      user.kubectl(
              "wait",
              "--for=condition=Ready",
              "pod/meanwhile-0",
              "pod/meanwhile-1",
              "pod/meanwhile-2",
              "--timeout=90s")
          .expectSuccess();
      user.kubectl("wait", "--for=delete", "pod/before-0", "--timeout=60s").expectSuccess();
      assertEquals("0 0", restarts("before-1") + " " + restarts("meanwhile-0"));
      user.await("two containers a pod", () -> containers("meanwhile").size() == 2 * PODS);
      user.await("nothing of what was deleted", () -> containers("before-0").isEmpty());
      user.kubectl("delete", "pod", "--all", "--grace-period=1").expectSuccess();
      assertEquals(List.of(), containers("before"));
    }
  }

  @Test
  void whatSomebodyElseKillsIsStartedAgain() throws Exception {
    try (var server = user.foreground("--port", "0")) {
      server.awaitReady();
      create("victim");
      user.kubectl("wait", "--for=condition=Ready", "pod/victim-0", "pod/victim-1", "--timeout=60s")
          .expectSuccess();
      user.docker("kill", names("victim-0").stream().filter(FaultsIT::isMain).findFirst().get())
          .expectSuccess();
      user.docker("kill", names("victim-1").stream().filter(n -> !isMain(n)).findFirst().get())
          .expectSuccess();
      for (var pod : List.of("victim-0", "victim-1")) {
        user.await("a restart of " + pod, () -> restarts(pod).equals("1"));
        user.kubectl("wait", "--for=condition=Ready", "pod/" + pod, "--timeout=60s")
            .expectSuccess();
      }
      user.kubectl("delete", "pod", "--all", "--grace-period=1").expectSuccess();
      assertEquals(List.of(), names("victim"));
    }
  }

  private static void create(String prefix) throws Exception {
    var pod =
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s-%d}
        spec:
          tolerations: [{operator: Exists}]
          volumes: [{name: data, emptyDir: {}}]
          containers:
          - name: main
            image: busybox:1.36
            command: [sleep, "3600"]
            volumeMounts: [{name: data, mountPath: /data}]
        """;
    var file = user.home().resolve(prefix + ".yaml");
    Files.writeString(
        file,
        IntStream.range(0, PODS)
            .mapToObj(i -> pod.formatted(prefix, i))
            .collect(Collectors.joining("---\n")));
    user.kubectl("create", "-f", file.toString()).expectSuccess();
  }

  /** Pod and container name of each container and sandbox of pods that begin so. */
  private static List<String> containers(String pods) throws Exception {
    return names(pods).stream().map(name -> name.replaceAll("_default_.*", "")).toList();
  }

  private static List<String> names(String pods) throws Exception {
    return user.docker("ps", "-a", "--format", "{{.Names}}")
        .expectSuccess()
        .lines()
        .filter(name -> name.startsWith("k8s_") && name.split("_")[2].startsWith(pods))
        .toList();
  }

  private static boolean isMain(String name) {
    return name.startsWith("k8s_main_");
  }

  private static String restarts(String pod) throws Exception {
    var path = "jsonpath={.status.containerStatuses[0].restartCount}";
    return user.kubectl("get", "pod", pod, "-o", path).expectSuccess();
  }

  private static long podFolders() throws Exception {
    Path folder =
        user.jkubeHome().resolve(user.cluster()).resolve("kubelet/" + user.cluster() + "/pods");
    try (var found = Files.list(folder)) {
      return found.count();
    }
  }
}
