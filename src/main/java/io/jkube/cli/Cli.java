package io.jkube.cli;

/** The root of the commands. */
public final class Cli {
  private Cli() {}

  /**
   * @return the exit code
   */
  public static int run(String[] arguments) {
    return 0;
  }
}
