package io.jkube.kubelet.runtime.docker;

import io.jkube.kubelet.runtime.RuntimeFailure;
import io.jkube.kubelet.runtime.RuntimeFailure.Kind;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Real processes, without a shell between. */
final class ShellCommands implements Commands {
  private static final int TAIL_LINES = 20;

  @Override
  public int run(List<String> command, Path log) {
    var process = begin(command, log);
    try {
      return process.waitFor();
    } catch (InterruptedException interrupted) {
      process.destroy();
      throw interrupted(command, interrupted);
    }
  }

  @Override
  public Running start(List<String> command, Path log) {
    var process = begin(command, log);
    return wait -> {
      try {
        return process.waitFor(wait.toNanos(), TimeUnit.NANOSECONDS) && process.exitValue() != 0;
      } catch (InterruptedException interrupted) {
        throw interrupted(command, interrupted);
      }
    };
  }

  @Override
  public String tail(Path log) {
    try {
      var lines = Files.readString(log, StandardCharsets.UTF_8).lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException unreadable) {
      return "(" + log + " cannot be read: " + unreadable.getMessage() + ")";
    }
  }

  private static Process begin(List<String> command, Path log) {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
    builder.environment().merge("PATH", "/usr/sbin:/sbin", (path, sbin) -> path + ":" + sbin);
    builder.redirectInput(new File("/dev/null"));
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      return builder.start();
    } catch (IOException missing) {
      throw new RuntimeFailure(
          Kind.REFUSED,
          "`" + command.getFirst() + "` cannot be run: " + missing.getMessage(),
          missing);
    }
  }

  private static RuntimeFailure interrupted(List<String> command, InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new RuntimeFailure(
        Kind.INTERRUPTED, "interrupted while `" + command.getFirst() + "` ran", cause);
  }
}
