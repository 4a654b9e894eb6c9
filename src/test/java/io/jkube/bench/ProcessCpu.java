package io.jkube.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The processor time of another process, as Linux tells it. */
record ProcessCpu(long pid) {
  /** Counted behind the name, which may have spaces. */
  private static final int USER = 11;

  private static final int SYSTEM = 12;
  private static final double TICKS_PER_SECOND = 100;

  /**
   * User and system time since its start.
   *
   * @throws Unmeasurable the system does not tell
   */
  double seconds() throws IOException, Unmeasurable {
    var stat = Path.of("/proc", Long.toString(pid), "stat");
    if (!Files.exists(stat)) {
      throw new Unmeasurable("this system has no /proc to read processor time from");
    }
    var text = Files.readString(stat);
    var fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM])) / TICKS_PER_SECOND;
  }
}
