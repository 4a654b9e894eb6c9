package io.jkube.cli.completion;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** What can be typed after {@code jkube}. Thread-safe. */
public interface Grammar {
  /** Where one is after these words, all of them complete. */
  Place after(List<String> words);

  /** The commands that may be typed first. */
  default List<Suggestion> commands() {
    return after(List.of()).words();
  }

  /**
   * A place in the tree of commands.
   *
   * @param command what may stand there besides further words: flags and arguments; empty where
   *     nothing does ({@code jkube help create})
   * @param words the commands that may follow
   * @param rest what was typed besides the words
   */
  record Place(Optional<CommandSpec> command, List<Suggestion> words, List<String> rest) {
    public Place {
      words = List.copyOf(words);
      rest = List.copyOf(rest);
    }
  }
}
