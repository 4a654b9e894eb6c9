package io.jkube.kubelet.pressure;

import io.jkube.kubelet.runtime.ContainerRuntime.EngineInfo;
import io.jkube.kubelet.stats.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The figures of this machine, where the engine runs on it and it is Linux. Guarded by itself. */
public final class LocalFigures implements NodeFigures {
  private static final Logger LOG = LoggerFactory.getLogger(LocalFigures.class);
  private static final Path LOADS = Path.of("/proc/loadavg");
  private static final Path MOST_PIDS = Path.of("/proc/sys/kernel/pid_max");
  private static final Path MOST_THREADS = Path.of("/proc/sys/kernel/threads-max");

  /** Only a program of its own tells inodes; they do not run out in seconds. */
  private static final Duration INODES_HOLD = Duration.ofMinutes(1);

  private final Path nodeFolder;
  private final Path imageFolder;
  private final InstantSource clock;
  private final InodeCount inodeCount;
  private final Map<EvictionSignal, Left> inodes = new EnumMap<>(EvictionSignal.class);
  private Instant inodesAt = Instant.MIN;

  /** Asks for the inodes of the disk that a folder lies on. */
  interface InodeCount {
    Left of(Path folder) throws IOException;
  }

  LocalFigures(Path nodeFolder, Path imageFolder, InstantSource clock, InodeCount inodeCount) {
    this.nodeFolder = nodeFolder;
    this.imageFolder = imageFolder;
    this.clock = clock;
    this.inodeCount = inodeCount;
  }

  /**
   * @param nodeFolder on the disk that pods' volumes lie on
   */
  public static NodeFigures of(EngineInfo engine, Path nodeFolder, InstantSource clock) {
    return !engine.storageFolder().isEmpty() && Machine.isThis(engine)
        ? new LocalFigures(
            nodeFolder, Path.of(engine.storageFolder()), clock, LocalFigures::countInodes)
        : UNKNOWN;
  }

  @Override
  public synchronized Map<EvictionSignal, Left> look() {
    var left = new EnumMap<EvictionSignal, Left>(EvictionSignal.class);
    put(left, EvictionSignal.MEMORY_AVAILABLE, LocalFigures::memory);
    put(left, EvictionSignal.PID_AVAILABLE, LocalFigures::pids);
    put(left, EvictionSignal.NODEFS_AVAILABLE, () -> disk(nodeFolder));
    put(left, EvictionSignal.IMAGEFS_AVAILABLE, () -> disk(imageFolder));
    var now = clock.instant();
    // A time to come: the clock was set back.
    if (inodesAt.isAfter(now) || !now.isBefore(inodesAt.plus(INODES_HOLD))) {
      inodesAt = now;
      inodes.clear();
      put(inodes, EvictionSignal.NODEFS_INODES_FREE, () -> inodeCount.of(nodeFolder));
      put(inodes, EvictionSignal.IMAGEFS_INODES_FREE, () -> inodeCount.of(imageFolder));
    }
    left.putAll(inodes);
    return left;
  }

  @Override
  public synchronized Map<EvictionSignal, Left> lookAnew() {
    inodesAt = Instant.MIN;
    return look();
  }

  private interface Question {
    Left ask() throws IOException;
  }

  /** What cannot be told, as what lies where this user may not look, is left out. */
  private static void put(Map<EvictionSignal, Left> into, EvictionSignal signal, Question what) {
    try {
      var left = what.ask();
      if (left.capacity() > 0) {
        into.put(signal, left);
      }
    } catch (IOException | RuntimeException unknown) {
      LOG.debug("{} is not known: {}", signal.text(), unknown.toString());
    }
  }

  private static Left memory() throws IOException {
    var memory = Machine.memory();
    return new Left(memory.availableBytes(), memory.totalBytes());
  }

  private static Left disk(Path folder) throws IOException {
    var disk = Files.getFileStore(folder);
    return new Left(disk.getUsableSpace(), disk.getTotalSpace());
  }

  private static Left pids() throws IOException {
    long most = Math.min(number(MOST_PIDS), number(MOST_THREADS));
    var threads = Files.readString(LOADS).split(" ")[3].split("/")[1];
    return new Left(Math.max(0, most - Long.parseLong(threads)), most);
  }

  private static long number(Path file) throws IOException {
    return Long.parseLong(Files.readString(file).strip());
  }

  private static Left countInodes(Path folder) throws IOException {
    var stat =
        new ProcessBuilder("stat", "-f", "-c", "%d %c", folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var output = stat.getInputStream()) {
      var words = new String(output.readAllBytes(), StandardCharsets.US_ASCII).strip().split(" ");
      return new Left(Long.parseLong(words[0]), Long.parseLong(words[1]));
    }
  }
}
