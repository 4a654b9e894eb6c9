package io.jkube.cli.command;

/** What a command's end means to a script. */
public final class ExitCode {
  public static final int OK = 0;

  /** Refused, not found, wrong arguments: the message says which, as with kubectl. */
  public static final int FAILED = 1;

  /** No Docker engine answers. */
  public static final int NO_ENGINE = 3;

  /** Ctrl-C, as shells count it. */
  public static final int INTERRUPTED = 130;

  /** Nobody reads stdout any more, as shells count it. */
  public static final int BROKEN_PIPE = 141;

  private ExitCode() {}
}
