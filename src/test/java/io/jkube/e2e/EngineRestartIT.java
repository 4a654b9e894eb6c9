package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jkube.testing.BusyboxImage;
import io.jkube.testing.OwnEngine;
import io.jkube.testing.UserMachine;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The Docker Engine is stopped and started under a running cluster. Needs root. */
@Timeout(240)
final class EngineRestartIT {
  private static final String READY = "jsonpath={.status.conditions[?(@.type==\"Ready\")].status}";
  private UserMachine user;
  private OwnEngine engine;

  @BeforeEach
  void start() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root may run an engine");
    engine = OwnEngine.open();
    BusyboxImage.in(engine.address());
    user = UserMachine.open();
    user.set("DOCKER_HOST", engine.host());
    user.jkube("start", "--port", "0").expectSuccess();
  }

  @AfterEach
  void end() throws Exception {
    if (engine != null) {
      try {
        user.close();
      } finally {
        engine.close();
      }
    }
  }

  @Test
  void podsComeBackAsTheirPoliciesSay() throws Exception {
    run("always", "--restart=Always");
    run("never", "--restart=Never");
    user.kubectl("wait", "--for=condition=Ready", "pod/always", "pod/never", "--timeout=60s")
        .expectSuccess();

    engine.stop();
    user.await("the node to be told as not ready", () -> !node().equals("True"));
    user.kubectl("create", "-f", manifest()).expectSuccess();

    engine.start();
    user.await("the node to be ready", () -> node().equals("True"));
    user.kubectl("wait", "--for=jsonpath={.status.phase}=Failed", "pod/never", "--timeout=60s")
        .expectSuccess();
    user.await("a restart", () -> restarts("always").equals("1"));
    user.kubectl("wait", "--for=condition=Ready", "pod/always", "--timeout=60s").expectSuccess();
    user.kubectl("wait", "--for=condition=Ready", "pod/meanwhile", "--timeout=60s").expectSuccess();

    // Its events are heard again: the end of a process is seen at once, not at the next look.
    user.kubectl("run", "short", "--image=" + BusyboxImage.NAME, "--restart=Never", "--", "true")
        .expectSuccess();
    user.kubectl("wait", "--for=jsonpath={.status.phase}=Succeeded", "pod/short", "--timeout=60s")
        .expectSuccess();
    assertEquals("1", restarts("always"));
  }

  private void run(String pod, String restart) throws Exception {
    user.kubectl("run", pod, "--image=" + BusyboxImage.NAME, restart, "--", "sleep", "3600")
        .expectSuccess();
  }

  /** Of a pod that a person wants while the engine is down; it tolerates the node's state. */
  private String manifest() throws Exception {
    var file = user.home().resolve("meanwhile.yaml");
    Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: meanwhile}
        spec:
          tolerations: [{operator: Exists}]
          containers:
          - name: main
            image: busybox:1.36
            command: [sleep, "3600"]
        """);
    return file.toString();
  }

  private String node() throws Exception {
    return user.kubectl("get", "node", user.cluster(), "-o", READY).expectSuccess();
  }

  private String restarts(String pod) throws Exception {
    var path = "jsonpath={.status.containerStatuses[0].restartCount}";
    return user.kubectl("get", "pod", pod, "-o", path).expectSuccess();
  }
}
