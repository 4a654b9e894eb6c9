package io.jkube.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;

/** Words what was typed wrongly, and what may have been meant. */
final class UsageErrors {
  private UsageErrors() {}

  static String unknownCommand(CommandLineWords line, List<Word> words) {
    var typed = line.strayWord().orElse(line.rest().getFirst());
    var known = words.stream().filter(word -> !word.summary().isEmpty()).map(Word::name).toList();
    var kind = typed.startsWith("-") ? "unknown flag: " + typed : unknown(typed, line);
    return "error: " + kind + "\n" + suggestion(typed, known) + seeHelp(line);
  }

  private static String unknown(String typed, CommandLineWords line) {
    return "unknown command \"" + typed + "\" for \"" + line.name() + "\"";
  }

  static String text(CommandLine.ParameterException wrong, CommandLineWords line) {
    if (wrong instanceof CommandLine.UnmatchedArgumentException unmatched) {
      return unmatched(unmatched, line);
    }
    return "error: " + wrong.getMessage() + "\n" + seeHelp(line);
  }

  private static String unmatched(
      CommandLine.UnmatchedArgumentException wrong, CommandLineWords line) {
    var typed = wrong.getUnmatched().getFirst();
    if (!typed.startsWith("-")) {
      return "error: unexpected argument \"" + typed + "\"\n" + seeHelp(line);
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
