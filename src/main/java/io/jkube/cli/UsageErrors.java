package io.jkube.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jkube.cli.command.CommandFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Words what was typed wrongly, and what may have been meant. */
final class UsageErrors {
  private UsageErrors() {}

  static String unknownCommand(CommandLineWords line, List<Word> words) {
    var typed = line.strayWord().orElse(line.rest().getFirst());
    var known = names(words);
    var kind = typed.startsWith("-") ? "unknown flag: " + typed : unknown(typed, line);
    return "error: " + kind + "\n" + suggestion(typed, known) + seeHelp(line);
  }

  private static List<String> names(List<Word> words) {
    return words.stream().filter(word -> !word.summary().isEmpty()).map(Word::name).toList();
  }

  private static String unknown(String typed, CommandLineWords line) {
    return "unknown command \"" + typed + "\" for \"" + line.name() + "\"";
  }

  static String text(CommandLine.ParameterException wrong, CommandLineWords line) {
    if (wrong instanceof CommandLine.UnmatchedArgumentException unmatched) {
      return unmatched(unmatched, line);
    }
    boolean sentence = wrong.getCause() instanceof CommandFailure;
    return "error: " + message(wrong) + "\n" + (sentence ? "" : seeHelp(line));
  }

  /** As Go words it, wherever it would complain of the same. */
  private static String message(CommandLine.ParameterException wrong) {
    if (wrong instanceof CommandLine.MissingParameterException missing) {
      return missing(missing);
    }
    if (wrong.getCause() instanceof CommandFailure own) {
      return own.getMessage();
    }
    if (wrong.getValue() != null && wrong.getArgSpec() instanceof OptionSpec option) {
      return "invalid argument \"%s\" for \"%s\" flag: %s"
          .formatted(wrong.getValue(), shown(option), reason(option.type(), wrong));
    }
    return wrong.getMessage();
  }

  private static String missing(CommandLine.MissingParameterException wrong) {
    var missing = wrong.getMissing().getFirst();
    if (!(missing instanceof OptionSpec option)) {
      return "required argument not set: " + missing.paramLabel();
    }
    var name = option.longestName();
    return wrong.getMessage().startsWith("Missing required option")
        ? "required flag(s) \"%s\" not set".formatted(name.substring(2))
        : "flag needs an argument: " + name;
  }

  private static String shown(OptionSpec option) {
    return String.join(", ", option.names());
  }

  private static String reason(Class<?> type, CommandLine.ParameterException wrong) {
    var value = JsonNodeFactory.instance.textNode(wrong.getValue());
    if (type == boolean.class || type == Boolean.class) {
      return "strconv.ParseBool: parsing " + value + ": invalid syntax";
    }
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return "strconv.ParseInt: parsing " + value + ": invalid syntax";
    }
    return wrong.getMessage().replaceFirst("^Invalid value for option '[^']*': ", "");
  }

  private static String unmatched(
      CommandLine.UnmatchedArgumentException wrong, CommandLineWords line) {
    var typed = wrong.getUnmatched().getFirst();
    if (!typed.startsWith("-")) {
      return "error: "
          + (line.word().orElseThrow().below().isEmpty()
              ? "unexpected arguments: "
              : "Unexpected args: ")
          + "["
          + String.join(" ", wrong.getUnmatched())
          + "]\n"
          + suggestion(typed, names(line.word().orElseThrow().below()))
          + "See '"
          + line.name()
          + " -h' for help and examples\n";
    }
    var flag = typed.contains("=") ? typed.substring(0, typed.indexOf('=')) : typed;
    var known = new ArrayList<String>();
    for (var option : wrong.getCommandLine().getCommandSpec().options()) {
      known.addAll(List.of(option.names()));
    }
    return "error: unknown flag: " + flag + "\n" + suggestion(flag, known) + seeHelp(line);
  }

  private static String suggestion(String typed, Collection<String> known) {
    var near = NearWord.of(typed, known);
    if (near.isEmpty()) {
      return "";
    }
    var text = new StringBuilder("\nDid you mean this?\n");
    near.forEach(word -> text.append('\t').append(word).append('\n'));
    return text.append('\n').toString();
  }

  private static String seeHelp(CommandLineWords line) {
    return "See '" + line.name() + " --help' for usage.\n";
  }
}
