package io.jkube.cli.create;

import io.jkube.api.Json;
import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Creates a namespace. */
@CommandLine.Command(
    description = "Create a namespace.",
    footerHeading = "%nExamples:%n",
    footer = "  jkube create namespace dev")
public final class CreateNamespace implements Command {
  @Mixin CreateFlags flags = new CreateFlags();

  @Parameters(paramLabel = "NAME", description = "The namespace's name.")
  String name;

  @Override
  public int run(CommandContext context) {
    var object = Json.object().put("apiVersion", "v1").put("kind", "Namespace");
    object.putObject("metadata").put("name", name);
    object.putObject("spec");
    object.putObject("status");
    return new Creation(flags, context).create(object);
  }
}
