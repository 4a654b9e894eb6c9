package io.jkube.kubelet.stats;

import io.jkube.kubelet.runtime.ContainerRuntime.EngineInfo;
import io.jkube.kubelet.runtime.ContainerRuntime.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** What the whole machine uses, where the engine's machine is this one, and it is Linux. */
public final class Machine {
  private static final Path KERNEL = Path.of("/proc/sys/kernel/osrelease");
  private static final Path PROCESSORS = Path.of("/proc/stat");
  private static final Path MEMORY = Path.of("/proc/meminfo");

  /** Of the kernel's clock, as it tells times to programs. */
  private static final long NANOS_A_TICK = 10_000_000;

  /** Behind the word {@code cpu}: user, nice, system, idle, waiting for disks, and more. */
  private static final List<Integer> IDLE = List.of(4, 5);

  private static final int LAST_TICKS = 8;

  private Machine() {}

  /** The machine's memory; what is available is so without anything being given up. */
  public record Memory(long totalBytes, long availableBytes) {}

  /** Whether the engine runs on this machine. */
  public static boolean isThis(EngineInfo engine) {
    try {
      return Files.exists(KERNEL)
          && Files.readString(KERNEL).strip().equals(engine.kernelVersion());
    } catch (IOException unreadable) {
      return false;
    }
  }

  /**
   * @throws IOException where Linux does not tell
   */
  public static Memory memory() throws IOException {
    var lines = Files.readAllLines(MEMORY);
    return new Memory(bytes(lines, "MemTotal:"), bytes(lines, "MemAvailable:"));
  }

  /** Null where it cannot be told. */
  static Usage usage(EngineInfo engine, Instant now) {
    if (!isThis(engine)) {
      return null;
    }
    try {
      var busy = busyNanos(Files.readAllLines(PROCESSORS).getFirst());
      var memory = memory();
      return new Usage(now, busy, memory.totalBytes() - memory.availableBytes(), 0);
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

  private static long bytes(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.split("\\s+")[1]) * 1024)
        .findFirst()
        .orElseThrow();
  }
}
