package io.jkube.cli.trace;

import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import picocli.CommandLine;

/** The word before what can be traced. */
@CommandLine.Command(
    description = "Show the way of an object through the cluster.",
    footerHeading = "%nExamples:%n",
    footer = "  jkube trace pod web")
public final class Trace implements Command {
  @Override
  public int run(CommandContext context) {
    throw new CommandFailure("say what to trace: jkube trace pod NAME");
  }
}
