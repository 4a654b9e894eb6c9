package io.jkube;

import io.jkube.cli.Cli;

/** The process's entry: hands the arguments to {@link Cli} and owns the exit. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(Cli.run(arguments));
  }
}
