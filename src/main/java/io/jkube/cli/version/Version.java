package io.jkube.cli.version;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.text.JsonText;
import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.ExitCode;
import io.jkube.cli.print.text.YamlText;
import io.jkube.client.ApiCall;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * The versions of client and server. A command runs in the server, so that both are of one build;
 * {@code --client} asks no API.
 */
@CommandLine.Command(
    description = "Print the versions of client and server.",
    footerHeading = "%nExamples:%n",
    footer = {"  jkube version", "  jkube version -o yaml"})
public final class Version implements Command {
  /** The Kubernetes API this client was written for, and jkube's own version. */
  private static final String GIT_VERSION = "v1.35.0+jkube." + own();

  @Option(names = "--client", description = "Only the client's version.")
  boolean clientOnly;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "json|yaml",
      description = "As an object.")
  String output = "";

  @Override
  public int run(CommandContext context) {
    if (!output.isEmpty() && !output.equals("json") && !output.equals("yaml")) {
      throw new CommandFailure("--output must be 'yaml' or 'json'");
    }
    var server =
        clientOnly ? null : context.transport().send(ApiCall.of("GET", "/version", Map.of(), null));
    if (output.isEmpty()) {
      context.out().println("Client Version: " + GIT_VERSION);
      if (server != null) {
        context.out().println("Server Version: " + server.path("gitVersion").asText());
      }
      return ExitCode.OK;
    }
    var versions = versions(server);
    context
        .out()
        .println(output.equals("json") ? JsonText.indented(versions) : YamlText.of(versions));
    return ExitCode.OK;
  }

  private static ObjectNode versions(ObjectNode server) {
    var versions = Json.object();
    versions
        .putObject("clientVersion")
        .put("major", "1")
        .put("minor", "35")
        .put("gitVersion", GIT_VERSION);
    if (server != null) {
      versions.set("serverVersion", server);
    }
    return versions;
  }

  private static String own() {
    var version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
