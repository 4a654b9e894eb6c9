package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jkube.testing.BusyboxImage;
import io.jkube.testing.DockerFixture;
import io.jkube.testing.Outcome;
import io.jkube.testing.UserMachine;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs of real containers: what kubectl prints, jkube prints. */
final class LogsIT {
  private static UserMachine user;

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
        metadata: {name: talk, labels: {app: talk}}
        spec:
          terminationGracePeriodSeconds: 1
          initContainers:
          - {name: before, image: %1$s, command: [sh, -c, "echo getting ready"]}
          containers:
          - {name: main, image: %1$s, command: [sh, -c, "for i in 1 2 3; do echo line $i; echo err $i >&2; done; printf end; exec sleep 3600"]}
          - {name: side, image: %1$s, command: [sh, -c, "while true; do echo tick; sleep 1; done"]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: crash}
        spec:
          containers:
          - {name: main, image: %1$s, command: [sh, -c, "echo I crash; exit 1"]}
        """
            .formatted(BusyboxImage.NAME));
    user.kubectl("create", "-f", manifest.toString()).expectSuccess();
    user.kubectl("wait", "--for=condition=Ready", "pod/talk", "--timeout=60s").expectSuccess();
    var restarted = "--for=jsonpath={.status.containerStatuses[0].restartCount}=1";
    user.kubectl("wait", restarted, "pod/crash", "--timeout=60s").expectSuccess();
  }

  @AfterAll
  static void delete() throws Exception {
    user.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "talk",
        "talk -c main",
        "talk main --tail=2",
        "talk -c main --tail=0",
        "talk -c main --timestamps",
        "talk -c main --prefix",
        "talk -c main --since=1h",
        "talk -c main --since-time=2020-01-01T00:00:00Z --limit-bytes=9",
        "talk -c before",
        "talk -c side --tail=1",
        "pod/talk -c main",
        "-l app=talk -c main",
        "-l app=talk -c main --prefix --tail=1",
        "crash -p",
        "crash --previous --timestamps=false",
        "talk -p -c main",
        "talk -c nothing -p --ignore-errors",
        "nothing"
      })
  void sayWhatKubectlSays(String words) throws Exception {
    var line = new ArrayList<>(List.of("logs"));
    line.addAll(List.of(words.split(" ")));
    var expected = user.kubectl(line.toArray(String[]::new));
    line.add("--cluster=" + user.cluster());
    var said = user.jkube(line.toArray(String[]::new));
    assertEquals(expected.stdout(), said.stdout());
    assertEquals(
        expected.stderr().replaceAll(" out of: .*", ""),
        said.stderr().replaceAll(" out of: .*", ""));
    assertEquals(expected.exitCode(), said.exitCode());
  }

  @Test
  void followingEndsWithItsReaderAndWithCtrlC() throws Exception {
    var reader = shell("jkube logs -f talk -c side | head -n 2; echo ${PIPESTATUS[0]}");
    assertEquals("tick\ntick\n141\n", reader.stdout());
    assertEquals("", reader.stderr());
    var interrupted =
        shell(
            """
            jkube logs -f talk -c main > copied & pid=$!
            until grep -q 'line 3' copied; do kill -0 $pid || exit 1; sleep 0.1; done
            kill -INT $pid; wait $pid; echo $?
            """);
    assertEquals("130\n", interrupted.stdout(), interrupted::toString);
    assertFalse(interrupted.stderr().contains("error"), interrupted::toString);
  }

  private static Outcome shell(String script) throws Exception {
    var setUp =
        "set -m; export JKUBE_CLUSTER=%s PATH=\"%s/bin:$PATH\"; cd \"$HOME\"\n"
            .formatted(user.cluster(), System.getProperty("user.dir"));
    return user.run(List.of("bash", "-c", setUp + script));
  }
}
