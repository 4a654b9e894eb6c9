package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.testing.Outcome;
import io.jkube.testing.UserMachine;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The program in a shell: pipes, terminals, Ctrl-C, and a server that is not there. */
@TestMethodOrder(OrderAnnotation.class)
final class CommandLineIT {
  private static final String GREEN = "\u001b[0;32m";

  private static UserMachine user;

  @BeforeAll
  static void start() throws Exception {
    user = UserMachine.open();
    user.jkube("start", "--name", user.cluster(), "--port", "0", "--runtime", "fake")
        .expectSuccess();
    shell("jkube create pod web --image busybox:1.36 && jkube wait --for=condition=Ready pod/web")
        .expectSuccess();
  }

  @AfterAll
  static void delete() throws Exception {
    user.close();
  }

  @Test
  @Order(1)
  void aReaderThatHasEnoughEndsTheCommandQuietly() throws Exception {
    var said = shell("jkube get --raw /openapi/v3/api/v1 | head -c 1; echo \" ${PIPESTATUS[0]}\"");
    assertEquals("{ 141\n", said.stdout());
    assertEquals("", said.stderr());
  }

  @Test
  @Order(2)
  void stdoutIsDataAndStderrIsTalk() throws Exception {
    assertEquals("", shell("jkube get pods -n nowhere 2> /dev/null").expectSuccess());
    assertEquals("pod/web\n", shell("jkube get pods -o name").expectSuccess());
    assertEquals("web\n", shell("jkube get pods -o name | cut -d/ -f2 | cat").expectSuccess());
    var piped =
        "echo '{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"}}'";
    assertEquals("configmap/a created\n", shell(piped + " | jkube create -f -").expectSuccess());
  }

  @Test
  @Order(3)
  void coloursAreForTerminalsThatWantThem() throws Exception {
    assertTrue(onTerminal("jkube cluster-info").contains(GREEN + "Kubernetes control plane"));
    assertFalse(onTerminal("NO_COLOR=1 jkube cluster-info").contains(GREEN));
    assertFalse(onTerminal("jkube cluster-info | cat").contains(GREEN));
    assertFalse(onTerminal("TERM=dumb jkube cluster-info").contains(GREEN));
    assertFalse(shell("jkube cluster-info").expectSuccess().contains("\u001b"));
  }

  @Test
  @Order(4)
  void ctrlCEndsAWatchAtOnce() throws Exception {
    var said =
        shell(
            """
            jkube get pods -w > watched & pid=$!
            until grep -q web watched; do kill -0 $pid || exit 1; sleep 0.1; done
            kill -INT $pid; wait $pid; echo $?
            """);
    assertEquals("130\n", said.stdout(), said::toString);
    assertFalse(said.stderr().contains("error"), said::toString);
  }

  @Test
  @Order(5)
  void withoutAServerItSaysSoInKubectlsWordsAndStillHelps() throws Exception {
    user.jkube("stop", "--name", user.cluster()).expectSuccess();
    var refused = shell("jkube get pods");
    assertEquals(1, refused.exitCode());
    assertTrue(
        refused
            .stderr()
            .matches(
                "The connection to the server 127\\.0\\.0\\.1:\\d+ was refused - did you specify the"
                    + " right host or port\\?\nCluster \"%s\" is not running; start it with: jkube start --name %s\n"
                        .formatted(user.cluster(), user.cluster())),
        refused::toString);
    assertTrue(shell("jkube get --help").expectSuccess().startsWith("Usage: jkube get"));
    assertTrue(shell("jkube help create pod").expectSuccess().startsWith("Usage: jkube create"));
    assertTrue(shell("jkube version --client").expectSuccess().startsWith("Client Version: v1.35"));
  }

  /** In bash, with {@code jkube} on its path and a background job that SIGINT reaches. */
  private static Outcome shell(String script) throws Exception {
    return user.run(List.of("bash", "-c", setUp() + script));
  }

  private static String onTerminal(String script) throws Exception {
    return user.run(List.of("script", "-qec", "bash -c '" + setUp() + script + "'", "/dev/null"))
        .expectSuccess();
  }

  private static String setUp() {
    return "set -m; export TERM=xterm JKUBE_CLUSTER=%s PATH=\"%s/bin:$PATH\"; cd \"$HOME\"\n"
        .formatted(user.cluster(), System.getProperty("user.dir"));
  }
}
