package io.jkube.cli.create;

import io.jkube.api.Json;
import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import java.util.Base64;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a Secret of any keys. */
@CommandLine.Command(
    description = "Create a secret from values, files or folders.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  jkube create secret generic db --from-file password=./password.txt",
      "  jkube create secret generic db --from-literal user=app",
    })
public final class CreateSecretGeneric implements Command {
  @Mixin CreateFlags flags = new CreateFlags();
  @Mixin DataFlags data = new DataFlags();

  @Option(names = "--type", paramLabel = "TYPE", description = "The type of secret.")
  String type = "";

  @Parameters(paramLabel = "NAME", description = "The secret's name.")
  String name;

  @Override
  public int run(CommandContext context) {
    var object = Json.object().put("apiVersion", "v1").put("kind", "Secret");
    flags.metadata(object, name);
    data.read(context)
        .forEach(
            (key, bytes) ->
                object
                    .withObjectProperty("data")
                    .put(key, Base64.getEncoder().encodeToString(bytes)));
    if (!type.isEmpty()) {
      object.put("type", type);
    }
    return new Creation(flags, context).create(object);
  }
}
