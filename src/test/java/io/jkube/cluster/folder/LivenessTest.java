package io.jkube.cluster.folder;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.testing.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Which processes count as running. */
final class LivenessTest {
  @Test
  void thisProcessRuns() {
    assertTrue(Liveness.runs(ProcessHandle.current()));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void oneThatEndedAndThatNobodyAskedAboutDoesNot() throws Exception {
    // The shell becomes a sleep, which asks about no child; the child ends with the shell's input.
    var script = "exec 3<&0; cat <&3 & echo $!; exec sleep 60";
    var parent = new ProcessBuilder("sh", "-c", script).start();
    try (var out = parent.inputReader()) {
      var child = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
      Await.until(() -> parent.info().command().orElse("").endsWith("sleep"));
      parent.getOutputStream().close();
      Await.until(() -> !Liveness.runs(child));
      assertTrue(child.isAlive(), "it was asked about after all: the test shows nothing");
      assertTrue(Liveness.runs(parent.toHandle()));
    } finally {
      parent.destroyForcibly().waitFor();
    }
    assertFalse(Liveness.runs(parent.toHandle()));
  }
}
