package io.jkube.cli.create;

import io.jkube.api.Json;
import io.jkube.cli.command.Command;
import io.jkube.cli.command.CommandContext;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Creates a ConfigMap; what is not text goes into its binary data. */
@CommandLine.Command(
    description = "Create a config map from values, files or folders.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  jkube create configmap settings --from-literal color=blue",
      "  jkube create configmap settings --from-file app.properties --from-file key=other.txt",
      "  jkube create configmap settings --from-env-file .env",
    })
public final class CreateConfigMap implements Command {
  @Mixin CreateFlags flags = new CreateFlags();
  @Mixin DataFlags data = new DataFlags();

  @Parameters(paramLabel = "NAME", description = "The config map's name.")
  String name;

  @Override
  public int run(CommandContext context) {
    var object = Json.object().put("apiVersion", "v1").put("kind", "ConfigMap");
    flags.metadata(object, name);
    data.read(context)
        .forEach(
            (key, bytes) -> {
              var text = text(bytes);
              if (text == null) {
                object
                    .withObjectProperty("binaryData")
                    .put(key, Base64.getEncoder().encodeToString(bytes));
              } else {
                object.withObjectProperty("data").put(key, text);
              }
            });
    return new Creation(flags, context).create(object);
  }

  /** Null when the bytes are not UTF-8. */
  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException binary) {
      return null;
    }
  }
}
