package io.jkube.cli.version;

import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.ExitCode;
import io.jkube.client.ApiCall;
import java.util.Map;
import picocli.CommandLine;

/** The versions of client and server. */
@CommandLine.Command(description = "Print the versions of client and server.")
public final class Version implements Command {
  @Override
  public int run(CommandContext context) {
    var server = context.transport().send(ApiCall.of("GET", "/version", Map.of(), null));
    context.out().println("Server Version: " + server.path("gitVersion").asText());
    return ExitCode.OK;
  }
}
