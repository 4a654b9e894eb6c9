package io.jkube.cli.create;

import io.jkube.api.Json;
import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Creates a service account. */
@CommandLine.Command(
    description = "Create a service account.",
    footerHeading = "%nExamples:%n",
    footer = "  jkube create serviceaccount builder")
public final class CreateServiceAccount implements Command {
  @Mixin CreateFlags flags = new CreateFlags();

  @Parameters(paramLabel = "NAME", description = "The service account's name.")
  String name;

  @Override
  public int run(CommandContext context) {
    var object = Json.object().put("apiVersion", "v1").put("kind", "ServiceAccount");
    flags.metadata(object, name);
    return new Creation(flags, context).create(object);
  }
}
