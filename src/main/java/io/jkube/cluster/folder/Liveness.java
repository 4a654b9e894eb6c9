package io.jkube.cluster.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether a process runs. One that has ended but that its parent has not asked about, a zombie, is
 * alive for {@link ProcessHandle}: for seconds under a slow init, for ever in a container without
 * one.
 */
public final class Liveness {
  private Liveness() {}

  public static boolean runs(ProcessHandle process) {
    return process.isAlive() && !isZombie(process.pid());
  }

  /** By proc_pid_stat(5): the state follows the name, which stands in parentheses. */
  private static boolean isZombie(long pid) {
    try {
      var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
    } catch (IOException noSuchFolder) {
      return false; // not Linux; or it ended this moment, which the next look finds
    }
  }
}
