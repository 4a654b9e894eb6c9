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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kubectl debug}: containers beside those of a pod, copies of it, and pods on a node. */
@Timeout(180)
final class DebugIT {
  private static final String SEEN = "ps | grep -c '[s]leep 4711'";

  private static UserMachine user;

  @BeforeAll
  static void start() throws Exception {
    BusyboxImage.in(DockerFixture.ENGINE);
    user = UserMachine.open();
    user.jkube("start", "--name", user.cluster(), "--port", "0").expectSuccess();
    for (var pod : List.of("box", "kept")) {
      user.kubectl("run", pod, "--image=" + BusyboxImage.NAME, "--", "sleep", "4711")
          .expectSuccess();
    }
    user.kubectl("wait", "--for=condition=Ready", "pod/box", "pod/kept", "--timeout=60s")
        .expectSuccess();
  }

  @AfterAll
  static void delete() throws Exception {
    user.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubectl", "kubectl-1.27"})
  void aContainerBesideTheOthersSeesTheProcessesOfItsTarget(String kubectl) throws Exception {
    var name = "look-" + kubectl.replace('.', '-');
    var said =
        shell(
            "(echo \""
                + SEEN
                + "\"; echo exit; sleep 2) | timeout 30 %s debug box -i -q -c %s --image=%s"
                    .formatted(kubectl, name, BusyboxImage.NAME)
                + " --target=box -- sh");
    assertEquals("1\n", said.stdout(), said::toString);
    var state = ".status.ephemeralContainerStatuses[?(@.name==\"" + name + "\")].state";
    user.kubectl("wait", "--for=jsonpath={" + state + ".terminated}", "pod/box", "--timeout=20s")
        .expectSuccess();
    assertEquals("1\n", user.client(kubectl, "logs", "box", "-c", name).stdout());
    var ready = user.kubectl("get", "pod", "box", "--no-headers").stdout();
    assertTrue(ready.matches("box +1/1 +Running +0 .*\\n"), ready);
  }

  @ParameterizedTest
  @ValueSource(strings = {"general", "baseline", "restricted", "netadmin"})
  void theProfilesGiveTheRightsTheySay(String profile) throws Exception {
    var user1000 =
        profile.equals("restricted") ? "{\"runAsUser\":1000,\"runAsNonRoot\":true}" : "{}";
    var custom = user.home().resolve(profile + ".json");
    Files.writeString(custom, "{\"securityContext\":" + user1000 + "}");
    user.kubectl(
            "debug",
            "box",
            "--profile=" + profile,
            "--custom=" + custom,
            "-c",
            profile,
            "--image=" + BusyboxImage.NAME,
            "--",
            "sh",
            "-c",
            "grep CapEff /proc/self/status")
        .expectSuccess();
    var state = ".status.ephemeralContainerStatuses[?(@.name==\"" + profile + "\")].state";
    user.kubectl("wait", "--for=jsonpath={" + state + ".terminated}", "pod/box", "--timeout=20s")
        .expectSuccess();
    var rights = user.kubectl("logs", "box", "-c", profile).stdout();
    assertTrue(rights.startsWith("CapEff:"), rights);
    assertEquals(profile.equals("restricted"), rights.contains("0000000000000000"), rights);
  }

  @Test
  void aCopyOfAPodIsDebugged() throws Exception {
    var copied =
        shell(
            "timeout 60 kubectl debug box -i -q --copy-to=box-copy --share-processes -c peek"
                + " --image="
                + BusyboxImage.NAME
                + " -- sh -c 'sleep 1; "
                + SEEN.replace("'", "\"")
                + "; sleep 1' < <(exec sleep 5)");
    assertEquals("1\n", copied.stdout(), copied::toString);
  }

  @Test
  void aNodeIsLookedAtFromAPodOnIt() throws Exception {
    var node = user.kubectl("get", "nodes", "-o", "jsonpath={.items[0].metadata.name}").stdout();
    var said =
        shell(
            "timeout 60 kubectl debug node/%s -i -q --image=%s"
                .concat(" -- sh -c 'sleep 1; ls /host/etc/hostname; sleep 1' < <(exec sleep 5)")
                .formatted(node, BusyboxImage.NAME));
    assertTrue(said.stdout().contains("/host/etc/hostname"), said::toString);
  }

  @Test
  void itRunsOnWhileTheServerIsAwayAndTakesCommandsAfterwards() throws Exception {
    user.kubectl(
            "debug", "kept", "-c", "stay", "--image=" + BusyboxImage.NAME, "--", "sleep", "3600")
        .expectSuccess();
    var state = ".status.ephemeralContainerStatuses[0]";
    user.kubectl(
            "wait", "--for=jsonpath={" + state + ".state.running}", "pod/kept", "--timeout=20s")
        .expectSuccess();
    var id = "jsonpath={" + state + ".containerID}";
    var before = user.kubectl("get", "pod", "kept", "-o", id).stdout();
    assertFalse(before.isEmpty());

    user.jkube("stop").expectSuccess();
    user.jkube("start").expectSuccess();

    assertEquals(before, user.kubectl("get", "pod", "kept", "-o", id).stdout());
    var said = user.kubectl("exec", "kept", "-c", "stay", "--", "echo", "still here");
    assertEquals("still here\n", said.stdout(), said::toString);
  }

  private static Outcome shell(String script) throws Exception {
    var path = Path.of("target/clients").toAbsolutePath() + ":" + Path.of("bin").toAbsolutePath();
    return user.run(List.of("bash", "-c", "export PATH=\"" + path + ":$PATH\"; " + script));
  }
}
