package io.jkube.cli.command;

/** A command cannot go on: the message, without {@code error: } before it, and the exit code. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int exitCode;
  private final boolean inFull;

  public CommandFailure(String message) {
    this(ExitCode.FAILED, message);
  }

  public CommandFailure(int exitCode, String message) {
    this(exitCode, message, false);
  }

  private CommandFailure(int exitCode, String message, boolean inFull) {
    super(message);
    this.exitCode = exitCode;
    this.inFull = inFull;
  }

  /**
   * Nobody listens there.
   *
   * @param address host and port
   */
  public static CommandFailure connectionRefused(String address) {
    var text =
        "The connection to the server %s was refused - did you specify the right host or port?";
    return inFull(text.formatted(address));
  }

  /** With a message that nothing is to stand before. */
  public static CommandFailure inFull(String message) {
    return new CommandFailure(ExitCode.FAILED, message, true);
  }

  /**
   * A command line that makes no sense: where its command is explained is said too.
   *
   * @param command its words behind {@code jkube}
   */
  public static CommandFailure usage(String message, String command) {
    return new CommandFailure(message + "\nSee 'jkube " + command + " -h' for help and examples");
  }

  /** Whether the message says all: nothing stands before it. */
  public boolean isInFull() {
    return inFull;
  }

  public int exitCode() {
    return exitCode;
  }
}
