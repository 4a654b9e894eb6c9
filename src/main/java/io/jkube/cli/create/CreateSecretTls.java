package io.jkube.cli.create;

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

/** Creates a Secret of a certificate and its key. */
@CommandLine.Command(
    description = "Create a secret of a certificate and its key, both PEM.",
    footerHeading = "%nExamples:%n",
    footer = "  jkube create secret tls web --cert web.crt --key web.key")
public final class CreateSecretTls implements Command {
  @Mixin CreateFlags flags = new CreateFlags();

  @Option(names = "--cert", required = true, paramLabel = "FILE", description = "The certificate.")
  String certificate;

  @Option(names = "--key", required = true, paramLabel = "FILE", description = "Its key.")
  String key;

  @Parameters(paramLabel = "NAME", description = "The secret's name.")
  String name;

  @Override
  public int run(CommandContext context) {
    var object = Json.object().put("apiVersion", "v1").put("kind", "Secret");
    flags.metadata(object, name);
    object
        .putObject("data")
        .put("tls.crt", pem(certificate, "certificate", context))
        .put("tls.key", pem(key, "key", context));
    return new Creation(flags, context).create(object.put("type", "kubernetes.io/tls"));
  }

  private static String pem(String file, String what, CommandContext context) {
    try {
      var bytes = Files.readAllBytes(context.path(file));
      if (!new String(bytes, StandardCharsets.US_ASCII).contains("-----BEGIN ")) {
        throw new CommandFailure("tls: failed to find any PEM data in " + what + " input");
      }
      return Base64.getEncoder().encodeToString(bytes);
    } catch (IOException unreadable) {
      throw new CommandFailure(
          "Cannot read file " + file + ", " + OpenFailure.text(file, unreadable));
    }
  }
}
