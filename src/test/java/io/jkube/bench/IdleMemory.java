package io.jkube.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the server's process holds of the machine's memory when nothing is going on. */
record IdleMemory() implements Figure {
  private static final long IDLE_MILLIS = 15_000;
  private static final double MOST_MEBIBYTES = 200;
  private static final double KIBI = 1024;

  @Override
  public String word() {
    return "memory";
  }

  @Override
  public String title() {
    return "resident memory of the idle server";
  }

  @Override
  public List<Finding> measure(Lab lab) throws Exception {
    RawEngine.find();
    try (var cluster = lab.cluster()) {
      Thread.sleep(IDLE_MILLIS);
      return List.of(
          Finding.Measured.of(
                  "server memory at idle (RSS)", Unit.MEBIBYTES, residentMebibytes(cluster.pid()))
              .mustReach(new Target.AtMost(MOST_MEBIBYTES))
              .noted(IDLE_MILLIS / 1000 + " s after the start, one node"));
    }
  }

  static double residentMebibytes(long pid) throws IOException, Unmeasurable {
    var status = Path.of("/proc", Long.toString(pid), "status");
    if (!Files.exists(status)) {
      throw new Unmeasurable("this system has no /proc to read resident memory from");
    }
    for (var line : Files.readAllLines(status)) {
      if (line.startsWith("VmRSS:")) {
        return Double.parseDouble(line.replaceAll("[^0-9]", "")) / KIBI;
      }
    }
    throw new IOException(status + " has no VmRSS");
  }
}
