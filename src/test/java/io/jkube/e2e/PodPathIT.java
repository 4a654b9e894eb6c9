package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.testing.BusyboxImage;
import io.jkube.testing.DockerFixture;
import io.jkube.testing.UserMachine;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The whole way of a pod with the real program, the real kubectl and a real engine. */
@TestMethodOrder(OrderAnnotation.class)
final class PodPathIT {
  private static UserMachine user;

  @BeforeAll
  static void start() throws Exception {
    BusyboxImage.in(DockerFixture.ENGINE);
    user = UserMachine.open();
    user.jkube("start", "--name", user.cluster(), "--port", "0").expectSuccess();
  }

  @AfterAll
  static void delete() throws Exception {
    user.close();
  }

  @Test
  @Order(1)
  void kubectlSeesAReadyNodeAndTheSeededObjects() throws Exception {
    var nodes = user.kubectl("get", "nodes", "--no-headers").expectSuccess();
    assertTrue(nodes.contains(" Ready "), nodes);
    var namespaces = user.kubectl("get", "ns", "-o", "name").expectSuccess();
    assertEquals(
        "namespace/default\nnamespace/kube-node-lease\nnamespace/kube-public\nnamespace/kube-system\n",
        namespaces);
    user.kubectl("get", "service", "kubernetes").expectSuccess();
    var info = user.kubectl("cluster-info").expectSuccess();
    assertTrue(info.contains("https://127.0.0.1:"), info);
    assertTrue(user.kubectl("api-resources").expectSuccess().contains("configmaps"));
  }

  @Test
  @Order(2)
  void aPodRunsSpeaksAndGoes() throws Exception {
    user.kubectl(
            "run",
            "web",
            "--image=" + BusyboxImage.NAME,
            "--restart=Never",
            "--",
            "sh",
            "-c",
            "echo hello from $HOSTNAME; exec sleep 3600")
        .expectSuccess();
    user.kubectl("wait", "--for=condition=Ready", "pod/web", "--timeout=60s").expectSuccess();
    assertEquals("hello from web\n", user.kubectl("logs", "web").expectSuccess());
    var described = user.kubectl("describe", "pod", "web").expectSuccess();
    assertTrue(described.contains("Successfully assigned default/web to"), described);
    user.kubectl("delete", "pod", "web", "--grace-period=1", "--timeout=60s").expectSuccess();
    var gone = user.kubectl("get", "pod", "web");
    assertEquals(1, gone.exitCode());
    assertEquals("Error from server (NotFound): pods \"web\" not found\n", gone.stderr());
  }

  @Test
  @Order(3)
  void anAppliedPodThatEndsIsCompleted() throws Exception {
    var manifest = Files.createTempFile(user.home(), "pod", ".yaml");
    Files.writeString(
        manifest,
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: once
        spec:
          restartPolicy: Never
          containers:
          - name: main
            image: %s
            command: ["sh", "-c", "echo done; exit 3"]
        """
            .formatted(BusyboxImage.NAME));
    user.kubectl("apply", "-f", manifest.toString()).expectSuccess();
    user.kubectl("wait", "--for=jsonpath={.status.phase}=Failed", "pod/once", "--timeout=60s")
        .expectSuccess();
    var path = "jsonpath={.status.containerStatuses[0].state.terminated.exitCode}";
    assertEquals("3", user.kubectl("get", "pod", "once", "-o", path).expectSuccess());
    user.kubectl("delete", "-f", manifest.toString()).expectSuccess();
  }

  @Test
  @Order(3)
  void aDeploymentRollsAndAJobCompletes() throws Exception {
    user.kubectl(
            "create",
            "deployment",
            "rolling",
            "--image=" + BusyboxImage.NAME,
            "--replicas=2",
            "--",
            "sleep",
            "3600")
        .expectSuccess();
    user.kubectl("rollout", "status", "deployment/rolling", "--timeout=60s").expectSuccess();
    user.kubectl("set", "env", "deployment/rolling", "COLOUR=blue").expectSuccess();
    user.kubectl("rollout", "status", "deployment/rolling", "--timeout=60s").expectSuccess();
    var history = user.kubectl("rollout", "history", "deployment/rolling").expectSuccess();
    assertTrue(history.contains("\n2 "), history);
    user.kubectl("create", "job", "hello", "--image=" + BusyboxImage.NAME, "--", "echo", "hi")
        .expectSuccess();
    user.kubectl("wait", "--for=condition=complete", "job/hello", "--timeout=60s").expectSuccess();
    assertEquals("hi\n", user.kubectl("logs", "job/hello").expectSuccess());
    user.kubectl("delete", "deployment/rolling", "job/hello").expectSuccess();
    user.kubectl("wait", "--for=delete", "pod", "--selector=app=rolling", "--timeout=60s")
        .expectSuccess();
  }

  @Test
  @Order(4)
  void stopAndStartLeaveAPodRunning() throws Exception {
    user.kubectl("run", "keep", "--image=" + BusyboxImage.NAME, "--", "sleep", "3600")
        .expectSuccess();
    user.kubectl("wait", "--for=condition=Ready", "pod/keep", "--timeout=60s").expectSuccess();
    var path = "jsonpath={.status.containerStatuses[0].containerID}";
    var before = user.kubectl("get", "pod", "keep", "-o", path).expectSuccess();
    assertNotEquals("", before);
    user.jkube("stop", "--name", user.cluster()).expectSuccess();
    user.jkube("start", "--name", user.cluster(), "--port", "0").expectSuccess();
    user.kubectl("wait", "--for=condition=Ready", "pod/keep", "--timeout=60s").expectSuccess();
    assertEquals(before, user.kubectl("get", "pod", "keep", "-o", path).expectSuccess());
    user.kubectl("delete", "pod", "keep", "--now").expectSuccess();
  }
}
