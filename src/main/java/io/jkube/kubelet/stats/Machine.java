package io.jkube.kubelet.stats;

import io.jkube.kubelet.runtime.ContainerRuntime.EngineInfo;
import io.jkube.kubelet.runtime.ContainerRuntime.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** What the whole machine uses, where the engine's machine is this one, and it is Linux. */
final class Machine {
  private static final Path KERNEL = Path.of("/proc/sys/kernel/osrelease");
  private static final Path PROCESSORS = Path.of("/proc/stat");
  private static final Path MEMORY = Path.of("/proc/meminfo");

  /** Of the kernel's clock, as it tells times to programs. */
  private static final long NANOS_A_TICK = 10_000_000;

  /** Behind the word {@code cpu}: user, nice, system, idle, waiting for disks, and more. */
  private static final List<Integer> IDLE = List.of(4, 5);

  private static final int LAST_TICKS = 8;

  private Machine() {}

  /** Null where it cannot be told. */
  static Usage usage(EngineInfo engine, Instant now) {
    try {
      if (!Files.exists(KERNEL)
          || !Files.readString(KERNEL).strip().equals(engine.kernelVersion())) {
        return null;
      }
      return new Usage(now, busyNanos(Files.readAllLines(PROCESSORS).getFirst()), usedBytes());
    } catch (IOException | RuntimeException otherKernel) {
      return null;
    }
  }

  private static long busyNanos(String line) {
    var words = line.split("\\s+");
    long ticks = 0;
    for (int i = 1; i < words.length && i <= LAST_TICKS; i++) {
      ticks += IDLE.contains(i) ? 0 : Long.parseLong(words[i]);
    }
    return ticks * NANOS_A_TICK;
  }

  private static long usedBytes() throws IOException {
    var lines = Files.readAllLines(MEMORY);
    return bytes(lines, "MemTotal:") - bytes(lines, "MemAvailable:");
  }

  private static long bytes(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.split("\\s+")[1]) * 1024)
        .findFirst()
        .orElseThrow();
  }
}
