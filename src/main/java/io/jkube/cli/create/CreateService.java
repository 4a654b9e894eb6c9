package io.jkube.cli.create;

import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import picocli.CommandLine;

/** The word before the types of service. */
@CommandLine.Command(description = "Create a service.")
public final class CreateService implements Command {
  @Override
  public int run(CommandContext context) {
    throw new CommandFailure(
        "say which type of service: jkube create service clusterip NAME --tcp PORT");
  }
}
