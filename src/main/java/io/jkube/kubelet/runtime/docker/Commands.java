package io.jkube.kubelet.runtime.docker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The commands of the machine; what they write goes to the end of a log. */
public interface Commands {
  /** A command that was started. */
  @FunctionalInterface
  interface Running {
    /** Waits so long; true when it has ended, and not well. */
    boolean failedWithin(Duration wait);
  }

  /** Runs it to its end; answers its exit code. */
  int run(List<String> command, Path log);

  /** Starts it and lets it be: it outlives us. */
  Running start(List<String> command, Path log);

  /** The last lines of a log. */
  String tail(Path log);

  static Commands real() {
    return new ShellCommands();
  }
}
