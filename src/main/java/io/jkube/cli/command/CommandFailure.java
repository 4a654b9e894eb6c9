package io.jkube.cli.command;

/** A command cannot go on: the message, without {@code error: } before it, and the exit code. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  public CommandFailure(String message) {
    this(ExitCode.FAILED, message);
  }

  public CommandFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /**
   * A command line that makes no sense: where its command is explained is said too.
   *
   * @param command its words behind {@code jkube}
   */
  public static CommandFailure usage(String message, String command) {
    return new CommandFailure(message + "\nSee 'jkube " + command + " -h' for help and examples");
  }

  public int exitCode() {
    return exitCode;
  }
}
