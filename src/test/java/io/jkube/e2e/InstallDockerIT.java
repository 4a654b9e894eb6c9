package io.jkube.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code jkube start} on a machine without an engine, and with {@code --install-docker}. The
 * machine is this one seen from namespaces of its own: its engine's socket, data and programs are
 * hidden, so that a second engine comes up beside it and neither sees the other. In place of
 * apt-get stands a program that brings dockerd back. What runs in the namespaces ends with them.
 * Needs root.
 */
final class InstallDockerIT {
  private static final long LIMIT_SECONDS = 120;

  /** The folder of the test is the working folder, the checkout the argument. */
  private static final String ON_A_MACHINE_WITHOUT_DOCKER =
      """
      set -eu
      /bin/busybox ip link set lo up
      mount -t tmpfs tmpfs /run
      mkdir -p engine log home bin /var/lib/docker
      mount --bind engine /var/lib/docker
      mount --bind log /var/log
      mount --bind /dev/null /usr/sbin/dockerd
      cat > bin/apt-get << 'END'
      #!/bin/sh
      echo "apt-get $*"
      case $1 in install) umount /usr/sbin/dockerd ;; esac
      END
      chmod +x bin/apt-get
      export PATH="$PWD/bin:$PATH" HOME="$PWD/home" KUBECONFIG="$PWD/kubeconfig"
      unset JKUBE_HOME DOCKER_HOST DOCKER_CONTEXT DOCKER_CONFIG

      code=0
      "$1/bin/jkube" start --port 0 2> refused || code=$?
      echo $code > code
      "$1/bin/jkube" start --port 0 --install-docker 2> started
      docker version --format '{{.Server.Version}}' > version
      "$1/bin/jkube" get nodes --no-headers > nodes
      "$1/bin/jkube" delete
      """;

  @TempDir static Path folder;

  @BeforeAll
  static void run() throws Exception {
    var script = Files.writeString(folder.resolve("script"), ON_A_MACHINE_WITHOUT_DOCKER);
    var output = folder.resolve("output");
    var namespaces = "unshare --mount --net --pid --fork --mount-proc --kill-child sh";
    var command = new ArrayList<>(List.of(namespaces.split(" ")));
    command.addAll(List.of(script.toString(), Path.of("").toAbsolutePath().toString()));
    var process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    process.destroy();
    assertTrue(ended && process.exitValue() == 0, () -> everything(output));
  }

  private static String everything(Path output) {
    try {
      var text = new StringBuilder(Files.readString(output));
      for (var file : List.of("refused", "started", "log/docker.log")) {
        var path = folder.resolve(file);
        text.append(Files.exists(path) ? "\n" + file + ":\n" + Files.readString(path) : "");
      }
      return text.toString();
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  @Test
  void withoutAnEngineEveryAttemptAndTheCommandThatHelpsAreTold() throws IOException {
    assertEquals("3", read("code").strip());
    var refused = read("refused");
    var first = "error: no Docker engine answers. Tried:\n  Docker unix:///var/run/docker.sock: ";
    assertTrue(refused.contains(first), refused);
    assertTrue(refused.contains("\n  Podman unix:///run/podman/podman.sock: "), refused);
    assertTrue(refused.endsWith("\nWhat would help:\n  jkube start --install-docker\n"), refused);
  }

  @Test
  void installDockerSaysEachStepAndStartsACluster() throws IOException {
    var steps =
        read("started").lines().filter(line -> line.matches("(Reading|Installing|Starting) .*"));
    assertEquals(
        List.of(
            "Reading Debian's package lists (apt-get update)",
            "Installing Docker (apt-get install docker.io iptables)",
            "Starting Docker (dockerd, log in /var/log/docker.log)"),
        steps.toList());
    assertFalse(read("version").isBlank());
    assertTrue(read("nodes").startsWith("jkube "), read("nodes"));
  }

  @Test
  void theEnginesLogOutlivesTheCluster() throws IOException {
    assertFalse(Files.exists(folder.resolve("home/.jkube/jkube")));
    var log = read("log/docker.log");
    assertTrue(log.startsWith("apt-get update\napt-get install -y --no-install-recommends"), log);
    assertTrue(log.contains("Daemon has completed initialization"), log);
  }

  private static String read(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }
}
