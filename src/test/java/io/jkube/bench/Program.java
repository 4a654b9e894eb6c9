package io.jkube.bench;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs with an environment of the lab's, their output in files: a pipe would have this
 * process take part in the measurement.
 */
final class Program {
  private static final long LIMIT_SECONDS = 300;

  private final Path folder;
  private final Map<String, String> environment;

  Program(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = Map.copyOf(environment);
  }

  /** How a program ended. */
  record Ended(List<String> command, int exitCode, long nanos, String out, String err) {
    Ended expectSuccess() throws IOException {
      if (exitCode != 0) {
        throw new IOException(
            String.join(" ", command) + " ended with " + exitCode + ": " + (out + err).strip());
      }
      return this;
    }
  }

  Ended run(String... words) throws IOException {
    return run(List.of(words));
  }

  Ended run(List<String> command) throws IOException {
    var out = folder.resolve("out");
    var err = folder.resolve("err");
    long begin = System.nanoTime();
    var process = start(command, out, err);
    if (!ends(process)) {
      process.destroyForcibly();
      throw new IOException(String.join(" ", command) + " did not end");
    }
    long nanos = System.nanoTime() - begin;
    return new Ended(
        command, process.exitValue(), nanos, Files.readString(out), Files.readString(err));
  }

  private static boolean ends(Process process) throws InterruptedIOException {
    try {
      return process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException stop) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  /** Starts a program that goes on; who starts it ends it. */
  Process start(List<String> command, Path out, Path err) throws IOException {
    var builder = new ProcessBuilder(command).redirectInput(Path.of("/dev/null").toFile());
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** The program of this name on the PATH. */
  static Path find(String name, String help) throws Unmeasurable {
    for (var folder : new ArrayList<>(List.of(System.getenv("PATH").split(":")))) {
      var file = Path.of(folder, name);
      if (Files.isExecutable(file)) {
        return file;
      }
    }
    throw new Unmeasurable(name + " is not on the PATH; " + help);
  }
}
