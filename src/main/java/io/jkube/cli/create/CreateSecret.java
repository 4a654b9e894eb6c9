package io.jkube.cli.create;

import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import picocli.CommandLine;

/** The word before the kinds of secret. */
@CommandLine.Command(description = "Create a secret.")
public final class CreateSecret implements Command {
  @Override
  public int run(CommandContext context) {
    throw new CommandFailure("say which kind of secret: jkube create secret generic NAME");
  }
}
