package io.jkube.kubelet.runtime.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Whether the engine may lower a process's oom_score_adj. Without CAP_SYS_RESOURCE it may not, and
 * a container that asks for it does not start ({@code can't get final child's PID}). An engine on
 * this machine is judged by what its first process may; one that refused once is not asked again.
 */
final class OomScore {
  private static final Path FIRST_PROCESS = Path.of("/proc/1/status");
  private static final int CAP_SYS_RESOURCE = 24;

  private volatile boolean mayLower;

  private OomScore(boolean mayLower) {
    this.mayLower = mayLower;
  }

  static OomScore of(EngineAddress address) {
    return new OomScore(
        !(address instanceof EngineAddress.Unix) || boundingSetHolds(FIRST_PROCESS));
  }

  static OomScore may(boolean lower) {
    return new OomScore(lower);
  }

  /** {@code wanted}, or the nearest value the engine takes. */
  int allowed(int wanted) {
    return mayLower ? wanted : Math.max(0, wanted);
  }

  /** Takes note of why a start failed: when it was for this, the next one asks for less. */
  void noteRefusal(String message) {
    if (message.contains("oom_score_adj") || message.contains("final child")) {
      mayLower = false;
    }
  }

  /**
   * True too where there is nothing to read: not Linux, so the engine is in a machine of its own.
   */
  static boolean boundingSetHolds(Path status) {
    try (var lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("CapBnd:"))
          .map(line -> HexFormat.fromHexDigitsToLong(line.substring("CapBnd:".length()).strip()))
          .allMatch(set -> (set >> CAP_SYS_RESOURCE & 1) == 1);
    } catch (IOException notLinux) {
      return true;
    }
  }
}
