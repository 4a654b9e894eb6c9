package io.jkube.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * The processor time of the programs that this process has run to their ends: less at the mercy of
 * what else runs on the machine than the time they took. Linux tells it.
 */
final class ChildCpu {
  private static final Path STAT = Path.of("/proc/self/stat");

  /** Counted behind the name, which may have spaces: user, then system time of ended children. */
  private static final int USER = 13;

  private static final int SYSTEM = 14;

  /** The kernel tells times in hundredths of a second, whatever it counts in. */
  private static final double MILLIS_PER_TICK = 10;

  private ChildCpu() {}

  /** Until now, in milliseconds; empty where it is not told. */
  static OptionalDouble millis() throws IOException {
    if (!Files.exists(STAT)) {
      return OptionalDouble.empty();
    }
    var text = Files.readString(STAT);
    var fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
    long ticks = Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]);
    return OptionalDouble.of(ticks * MILLIS_PER_TICK);
  }
}
