package io.jkube.cli.completion;

import io.jkube.cli.command.CommandContext;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cluster.folder.ClusterFolder;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.ArgSpec;

/** What fits a flag or an argument, by its label in the help. */
final class Values {
  private final CommandContext context;
  private final Cursor cursor;

  Values(CommandContext context, Cursor cursor) {
    this.context = context;
    this.cursor = cursor;
  }

  /** What fits, of which the caller takes what begins with the word typed so far. */
  Answer of(ArgSpec argument, String typed) {
    if (argument.completionCandidates() != null) {
      return Answer.words(
          StreamSupport.stream(argument.completionCandidates().spliterator(), false));
    }
    var label = argument.paramLabel();
    var first = label.split("[ |]", 2)[0];
    return switch (first) {
      case "CLUSTER" -> Answer.words(clusters());
      case "FILE", "FOLDER", "[KEY=]FILE" -> Answer.FILES;
      case "NAMESPACE" -> served().names("namespaces");
      case "NODE" -> served().names("nodes");
      case "CONTAINER" -> served().containers(cursor.arguments());
      case "POD" -> served().pods(cursor.arguments(), typed, label.contains("TYPE/NAME"));
      case "TYPE", "TYPE/NAME" -> served().objects(cursor.arguments(), typed);
      default -> Answer.words(Stream.of(label.split("\\|")).filter(Values::isLiteral));
    };
  }

  private ServedObjects served() {
    return new ServedObjects(context, cursor.namespace());
  }

  /** {@code json} stands for itself, {@code DURATION} for many. */
  private static boolean isLiteral(String part) {
    return part.matches("[A-Za-z][A-Za-z0-9-]*") && !part.equals(part.toUpperCase(Locale.ROOT));
  }

  private Stream<String> clusters() {
    try {
      return ClusterFolder.all(context.environment()).stream().map(ClusterFolder::name);
    } catch (IOException unreadable) {
      throw new CommandFailure("cannot read " + ClusterFolder.home(context.environment()));
    }
  }
}
