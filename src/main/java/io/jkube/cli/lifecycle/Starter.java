package io.jkube.cli.lifecycle;

import io.jkube.cli.command.CommandContext;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The shell that ran {@code jkube start} and waits for the exit code of the start. The process that
 * starts a cluster becomes its server: it hands the code over on descriptor 0, which {@code
 * bin/jkube} made a pipe to itself, and lets go of the terminal.
 */
final class Starter {
  /** Set by {@code bin/jkube} when it waits so. */
  private static final String BACKGROUND = "jkube.background";

  /** Set by {@code bin/jkube}: whether stderr is a terminal (our own input is a pipe). */
  private static final String TERMINAL = "jkube.terminal";

  private Starter() {}

  static boolean waits() {
    return Boolean.getBoolean(BACKGROUND);
  }

  static boolean hasTerminal(CommandContext context) {
    return waits() ? Boolean.getBoolean(TERMINAL) : context.terminal().errIsTerminal();
  }

  /**
   * Hands the exit code over.
   *
   * @return false when nobody waits any more
   */
  static boolean tell(int exitCode) {
    // The JDK points descriptors 0 to 2 at /dev/null when they are closed, so none is used again.
    try (var pipe = new FileOutputStream(FileDescriptor.in)) {
      pipe.write(Integer.toString(exitCode).getBytes(StandardCharsets.US_ASCII));
      return true;
    } catch (IOException gone) {
      return false;
    }
  }

  /** Lets go of the starter's stdout and stderr, so that who reads them sees their end. */
  static void release(CommandContext context) {
    context.out().close();
    context.err().close();
  }
}
