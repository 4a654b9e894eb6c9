package io.jkube.cli.apiversions;

import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.ExitCode;
import io.jkube.cli.resource.Discovery;
import picocli.CommandLine;

/** Lists the groups and versions that the server serves. */
@CommandLine.Command(
    description = "List the API versions the server serves, as group/version.",
    footerHeading = "%nExamples:%n",
    footer = "  jkube api-versions")
public final class ApiVersions implements Command {
  @Override
  public int run(CommandContext context) {
    new Discovery(context.transport())
        .types().stream()
            .map(type -> type.resource().apiVersion())
            .distinct()
            .sorted()
            .forEach(context.out()::println);
    return ExitCode.OK;
  }
}
