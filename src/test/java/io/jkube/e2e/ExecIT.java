package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.testing.BusyboxImage;
import io.jkube.testing.DockerFixture;
import io.jkube.testing.Outcome;
import io.jkube.testing.UserMachine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The streams of real containers: kubectl 1.35 opens them over WebSocket, kubectl 1.27 over SPDY.
 */
@Timeout(180)
final class ExecIT {
  private static final int BIG_BYTES = 64 * 1024 * 1024;

  private static UserMachine user;
  private static Path big;

  @BeforeAll
  static void start() throws Exception {
    BusyboxImage.in(DockerFixture.ENGINE);
    user = UserMachine.open();
    user.jkube("start", "--name", user.cluster(), "--port", "0").expectSuccess();
    var manifest = Files.createTempFile(user.home(), "pods", ".yaml");
    Files.writeString(
        manifest,
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: box}
        spec:
          terminationGracePeriodSeconds: 1
          containers:
          - {name: main, image: %1$s, command: [sh, -c, "trap exit TERM; while true; do sleep 1; done"]}
          - {name: gone, image: %1$s, command: ["true"]}
          restartPolicy: Never
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: echo}
        spec:
          terminationGracePeriodSeconds: 1
          containers:
          - {name: main, image: %1$s, command: [cat], stdin: true}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: several}
        spec:
          terminationGracePeriodSeconds: 1
          initContainers:
          - {name: before, image: %1$s, command: ["true"]}
          containers:
          - {name: first, image: %1$s, command: [sleep, "3600"]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {selector: {app: shop}, ports: [{port: 80}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: alone}
        spec: {ports: [{port: 80}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec:
              terminationGracePeriodSeconds: 1
              containers:
              - {name: main, image: %1$s, command: [sleep, "3600"]}
        """
            .formatted(BusyboxImage.NAME));
    user.kubectl("create", "-f", manifest.toString()).expectSuccess();
    var running = "--for=jsonpath={.status.phase}=Running";
    user.kubectl("wait", running, "pod/box", "pod/echo", "pod/several", "--timeout=60s")
        .expectSuccess();
    user.kubectl("rollout", "status", "deploy/shop", "--timeout=60s").expectSuccess();
    var ended = "--for=jsonpath={.status.containerStatuses[?(@.name==\"gone\")].state.terminated}";
    user.kubectl("wait", ended, "pod/box", "--timeout=60s").expectSuccess();
    big = user.home().resolve("big");
    var bytes = new byte[BIG_BYTES];
    new Random(1).nextBytes(bytes);
    Files.write(big, bytes);
  }

  @AfterAll
  static void delete() throws Exception {
    user.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubectl", "kubectl-1.27"})
  void outputErrorsAndExitCodesComeBack(String kubectl) throws Exception {
    var script = "echo out; echo err >&2; exit 3";
    var said = user.client(kubectl, "exec", "box", "-c", "main", "--", "sh", "-c", script);
    assertEquals("out\n", said.stdout());
    assertEquals("err\ncommand terminated with exit code 3\n", said.stderr());
    assertEquals(3, said.exitCode());
    var here = user.client(kubectl, "exec", "box", "--", "echo", "hi");
    assertEquals("hi\n", here.stdout());
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubectl", "kubectl-1.27"})
  void whatIsNotThereIsSaidAsUpstreamSaysIt(String kubectl) throws Exception {
    var gone = user.client(kubectl, "exec", "box", "-c", "gone", "--", "true");
    assertEquals(1, gone.exitCode());
    assertTrue(gone.stderr().contains("unable to upgrade connection: "), gone::toString);
    assertTrue(gone.stderr().contains("container not found (\"gone\")"), gone::toString);
    var wrong = user.client(kubectl, "exec", "box", "-c", "no", "--", "true");
    assertTrue(wrong.stderr().contains("container no is not valid for pod box"), wrong::toString);
    var nobody = user.client(kubectl, "exec", "nobody", "--", "true");
    assertTrue(nobody.stderr().contains("pods \"nobody\" not found"), nobody::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubectl", "kubectl-1.27"})
  void bigThingsAreCopiedWhole(String kubectl) throws Exception {
    var in =
        shell(kubectl + " exec -i box -c main -- sh -c 'cat > /big; sha1sum /big' < " + big)
            .expectSuccess();
    var out = shell(kubectl + " exec box -c main -- cat /big | sha1sum; sha1sum < " + big);
    var sums = out.expectSuccess().lines().toList();
    assertEquals(sums.get(1), in.substring(0, in.indexOf(' ')) + "  -");
    assertEquals(sums.get(1), sums.get(0));
    var copy = user.home().resolve("copy-" + kubectl);
    user.client(kubectl, "cp", big.toString(), "box:/copy", "-c", "main").expectSuccess();
    user.client(kubectl, "cp", "box:/copy", copy.toString(), "-c", "main").expectSuccess();
    assertEquals(-1, Files.mismatch(big, copy));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubectl", "kubectl-1.27"})
  void aCommandThatReadsLittleEndsAllTheSame(String kubectl) throws Exception {
    var said = shell("yes | " + kubectl + " exec -i box -c main -- head -n 2");
    assertEquals("y\ny\n", said.stdout());
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubectl", "kubectl-1.27"})
  void attachSpeaksWithTheProcessThatRuns(String kubectl) throws Exception {
    var said = shell("(echo hello; sleep 1) | timeout 5 " + kubectl + " attach -q -i echo");
    assertEquals("hello\n", said.stdout());
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubectl", "kubectl-1.27"})
  void aPodOfTheMomentRunsAndIsGone(String kubectl) throws Exception {
    var name = "moment-" + kubectl.replace('.', '-');
    var said =
        shell(
            "echo to and fro | %s run %s -i --rm -q --restart=Never --image=%s -- sh -c 'cat; exit 4'"
                .formatted(kubectl, name, BusyboxImage.NAME));
    assertTrue(said.stdout().startsWith("to and fro\n"), said::toString);
    assertEquals(4, said.exitCode());
    assertFalse(user.kubectl("get", "pods", "-o", "name").stdout().contains(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exec box -c main -- sh -c 'echo out; echo err >&2; exit 3'",
        "exec box -- echo hi",
        "exec pod/box -c main -q -- true",
        "exec -i box -c main -- cat < big | sha1sum",
        "exec box -c gone -- true",
        "exec box -c no -- true",
        "exec nobody -- true",
        "exec -it box -c main -- echo no terminal here < /dev/null",
        "attach -q -i echo < <(echo hello; sleep 1)",
        "exec deploy/shop -- echo of a deployment",
        "exec svc/shop -- echo behind a service",
        "exec svc/alone -- true",
        "exec several -- echo first",
        "cp nowhere box:/tmp -c main",
        "cp box:a box:b",
        "cp big several:/absent/folder/big"
      })
  void jkubeSaysWhatKubectlSays(String words) throws Exception {
    var script = "cd " + user.home() + "; timeout 20 %s " + words;
    var expected = shell(script.formatted("kubectl"));
    var said = shell(script.formatted("jkube"));
    assertEquals(expected.stdout(), said.stdout());
    assertEquals(withoutLog(expected.stderr()), said.stderr());
    assertEquals(expected.exitCode(), said.exitCode());
  }

  /** What kubectl's own log says of a connection that closed while it still sent. */
  private static String withoutLog(String stderr) {
    return stderr.replaceAll("(?m)^E\\d{4} .*websocket: close sent.*\\R", "");
  }

  /** kubectl ends this with 0. */
  @Test
  void whatIsNotThereCannotBeCopied() throws Exception {
    var said = user.jkube("cp", "box:/nowhere", user.home() + "/nothing", "-c", "main");
    assertEquals(1, said.exitCode());
    assertTrue(said.stderr().startsWith("tar: /nowhere: No such file"), said::toString);
    assertFalse(Files.exists(user.home().resolve("nothing")));
  }

  @Test
  void foldersAreCopiedInAndOut() throws Exception {
    var tree = Files.createDirectories(user.home().resolve("tree/sub"));
    Files.writeString(tree.resolve("file"), "text");
    Files.createSymbolicLink(tree.resolve("link"), Path.of("file"));
    var said =
        shell(
            "cd %s; jkube cp tree box:/in -c main && jkube cp tree box:/in -c main"
                    .formatted(user.home())
                + " && jkube exec box -c main -- cat /in/sub/link /in/tree/sub/file"
                + " && jkube cp box:in out -c main && cat out/tree/sub/file"
                + " && jkube cp big box:/copied -c main && jkube cp box:/copied back -c main"
                + " && cmp big back");
    assertEquals("texttexttext", said.stdout(), said::toString);
    assertEquals(0, said.exitCode(), said::toString);
    assertTrue(said.stderr().contains("warning: skipping symlink: "), said::toString);
  }

  private static Outcome shell(String script) throws Exception {
    var path = Path.of("target/clients").toAbsolutePath() + ":" + Path.of("bin").toAbsolutePath();
    return user.run(List.of("bash", "-c", "export PATH=\"" + path + ":$PATH\"; " + script));
  }
}
