package io.jkube.kubelet.runtime.docker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * What this machine lets us do about an engine.
 *
 * @param root whether we may install and start one
 * @param debian whether Debian's packages can be had: Debian, Ubuntu and their kin
 * @param engineInstalled whether {@code dockerd} is there, running or not
 * @param systemd whether services are started by it
 */
public record HostMachine(
    Kind kind, boolean root, boolean debian, boolean engineInstalled, boolean systemd) {
  /** The operating systems that differ in what helps. */
  public enum Kind {
    LINUX,
    MAC,
    OTHER
  }

  public static HostMachine ofThisProcess() {
    return new HostMachine(
        kind(System.getProperty("os.name").toLowerCase(Locale.ROOT)),
        "root".equals(System.getProperty("user.name")),
        Files.exists(Path.of("/etc/debian_version")) && onPath("apt-get"),
        onPath("dockerd"),
        Files.isDirectory(Path.of("/run/systemd/system")));
  }

  private static Kind kind(String name) {
    if (name.contains("linux")) {
      return Kind.LINUX;
    }
    return name.contains("mac") ? Kind.MAC : Kind.OTHER;
  }

  /** In the usual folders too: root's PATH does not always have {@code sbin}. */
  private static boolean onPath(String program) {
    var path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/bin:/usr/local/bin";
    return Arrays.stream(path.split(":"))
        .filter(folder -> !folder.isEmpty())
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
