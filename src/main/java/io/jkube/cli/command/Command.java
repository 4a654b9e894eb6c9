package io.jkube.cli.command;

/**
 * One command, its arguments already in its fields (picocli's annotations say how). A new instance
 * for every run.
 *
 * <p>stdout is data, stderr is talk. What goes wrong is thrown: {@link io.jkube.api.ApiException}
 * for what the server refused, {@link CommandFailure} for everything else; one place words it and
 * chooses the exit code.
 */
public interface Command {
  /**
   * @return the exit code
   * @throws InterruptedException when the user interrupted it
   */
  int run(CommandContext context) throws InterruptedException;
}
