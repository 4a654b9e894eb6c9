package io.jkube.cli.create;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.command.OpenFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a Secret that images are pulled with. */
@CommandLine.Command(
    description = "Create a secret that images are pulled with.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  jkube create secret docker-registry mirror --from-file ~/.docker/config.json",
      "  jkube create secret docker-registry mirror --docker-server registry.example.com"
          + " --docker-username me --docker-password word",
    })
public final class CreateSecretDockerRegistry implements Command {
  private static final String KEY = ".dockerconfigjson";

  @Mixin CreateFlags flags = new CreateFlags();

  @Option(
      names = "--docker-server",
      paramLabel = "URL",
      description = "The registry; default: https://index.docker.io/v1/.")
  String server = "https://index.docker.io/v1/";

  @Option(names = "--docker-username", paramLabel = "NAME", description = "The user there.")
  String user = "";

  @Option(
      names = "--docker-password",
      paramLabel = "PASSWORD",
      description = "The user's password; a file keeps it out of the list of processes.")
  String password = "";

  @Option(names = "--docker-email", paramLabel = "ADDRESS", description = "The user's address.")
  String email = "";

  @Option(
      names = "--from-file",
      paramLabel = "[.dockerconfigjson=]FILE",
      description = "A configuration of Docker's, instead of the other flags.")
  String file = "";

  @Parameters(paramLabel = "NAME", description = "The secret's name.")
  String name;

  @Override
  public int run(CommandContext context) {
    var object = Json.object().put("apiVersion", "v1").put("kind", "Secret");
    flags.metadata(object, name);
    var bytes = file.isEmpty() ? typed() : read(context);
    object.putObject("data").put(KEY, Base64.getEncoder().encodeToString(bytes));
    return new Creation(flags, context)
        .create(object.put("type", "kubernetes.io/dockerconfigjson"));
  }

  private byte[] typed() {
    if (user.isEmpty() || password.isEmpty()) {
      throw new CommandFailure(
          "either --from-file or the combination of --docker-username, --docker-password and"
              + " --docker-server is required");
    }
    var config = Json.object();
    ObjectNode entry = config.putObject("auths").putObject(server);
    entry.put("username", user).put("password", password);
    if (!email.isEmpty()) {
      entry.put("email", email);
    }
    var pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    entry.put("auth", Base64.getEncoder().encodeToString(pair));
    return config.toString().getBytes(StandardCharsets.UTF_8);
  }

  private byte[] read(CommandContext context) {
    var path = file.startsWith(KEY + "=") ? file.substring(KEY.length() + 1) : file;
    try {
      return Files.readAllBytes(context.path(path));
    } catch (IOException unreadable) {
      throw new CommandFailure("error reading " + OpenFailure.text(path, unreadable));
    }
  }
}
