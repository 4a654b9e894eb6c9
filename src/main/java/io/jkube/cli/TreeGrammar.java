package io.jkube.cli;

import io.jkube.cli.completion.Grammar;
import io.jkube.cli.completion.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** The {@link CommandTree}, as completion sees it. */
final class TreeGrammar implements Grammar {
  private static final Suggestion HELP = new Suggestion("help", "Explain a command");
  private static final Suggestion DELETED_CLUSTER = new Suggestion("cluster", "The whole cluster");

  @Override
  public Place after(List<String> words) {
    // A lone `delete` is about to become one or the other.
    var meant = words.size() == 1 ? words : Cli.meant(words);
    var line = CommandLineWords.of(CommandTree.WORDS, meant);
    var next = new ArrayList<Suggestion>();
    line.word().map(Word::below).orElse(CommandTree.WORDS).stream()
        .filter(word -> !word.summary().isEmpty())
        .map(word -> new Suggestion(word.name(), word.summary()))
        .forEach(next::add);
    if (words.isEmpty()) {
      next.add(HELP);
    }
    if (words.equals(List.of("delete"))) {
      next.add(DELETED_CLUSTER);
    }
    return new Place(command(line), next, line.rest());
  }

  private static Optional<CommandSpec> command(CommandLineWords line) {
    if (line.wantsHelp()) {
      return Optional.empty();
    }
    return Optional.of(
        line.word()
            .map(word -> Specs.of(word.command().get(), line).getCommandSpec())
            .orElseGet(Specs::beforeTheCommand));
  }
}
