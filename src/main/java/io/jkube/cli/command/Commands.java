package io.jkube.cli.command;

import java.util.List;

/** Everything that can be typed after {@code jkube}. Thread-safe. */
public interface Commands {
  /**
   * Runs one command line to its end. Words every failure on the context's stderr; throws nothing.
   *
   * @param arguments without the program's own name
   * @return the exit code
   */
  int run(List<String> arguments, CommandContext context);
}
