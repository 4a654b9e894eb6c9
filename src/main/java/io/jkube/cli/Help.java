package io.jkube.cli;

import io.jkube.cli.command.CommandContext;
import java.util.List;
import picocli.CommandLine;

/** What {@code jkube help} prints. */
final class Help {
  private static final int DEFAULT_COLUMNS = 100;
  private static final int NARROWEST_COLUMNS = 60;

  private Help() {}

  /** Every command with a line of what it does. */
  static String overview(List<Word> words) {
    return """
    jkube is Kubernetes on the Docker Engine you already have.

    Usage:
      jkube COMMAND [flags]

    Commands:
    """
        + list(words)
        + """

        Use "jkube help COMMAND" for more about a command.
        """;
  }

  static void print(CommandLine parser, Word word, CommandContext context) {
    int columns = context.terminal().columns();
    parser.setUsageHelpWidth(
        columns == 0 ? DEFAULT_COLUMNS : Math.max(NARROWEST_COLUMNS, Math.min(columns, 120)));
    parser.setUsageHelpAutoWidth(false);
    parser.getCommandSpec().usageMessage().customSynopsis(synopsis(parser));
    var ansi = context.colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF;
    context.out().print(parser.getUsageMessage(ansi));
    if (!word.below().isEmpty()) {
      context.out().print("\nCommands:\n" + list(word.below()));
    }
  }

  /** The command and what it works on; its flags are listed below. */
  private static String synopsis(CommandLine parser) {
    var text = new StringBuilder(parser.getCommandName());
    for (var argument : parser.getCommandSpec().positionalParameters()) {
      text.append(' ')
          .append(
              argument.required() || argument.hidden()
                  ? argument.paramLabel()
                  : "[-- " + argument.paramLabel() + "...]");
    }
    return text.append(" [flags]").toString();
  }

  private static String list(List<Word> words) {
    int width = words.stream().mapToInt(word -> word.name().length()).max().orElse(0);
    var text = new StringBuilder();
    for (var word : words) {
      if (!word.summary().isEmpty()) {
        text.append(String.format("  %-" + width + "s   %s%n", word.name(), word.summary()));
      }
    }
    return text.toString();
  }
}
