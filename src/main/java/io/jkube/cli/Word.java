package io.jkube.cli;

import io.jkube.cli.command.Command;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A word of the command line.
 *
 * @param summary one line for the list of commands; empty hides the word from it
 * @param place where it runs
 * @param command makes the command; called only when the user means it
 * @param below the words that may follow
 * @param anyArguments whether everything behind it is its own, flags and cries for help included
 */
record Word(
    String name,
    List<String> aliases,
    String summary,
    Place place,
    Supplier<? extends Command> command,
    List<Word> below,
    boolean anyArguments) {
  /** Where a command runs. */
  enum Place {
    /** In the running server, asked by the small client. */
    SERVER,
    /** In the user's own process: it needs no server, or starts or ends one. */
    HERE
  }

  Word {
    Objects.requireNonNull(name, "name");
    aliases = List.copyOf(aliases);
    Objects.requireNonNull(summary, "summary");
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(command, "command");
    below = List.copyOf(below);
  }

  /** A command that runs in the server. */
  static Word of(String name, String summary, Supplier<? extends Command> command, Word... below) {
    return new Word(name, List.of(), summary, Place.SERVER, command, List.of(below), false);
  }

  /** A command that runs in the user's own process. */
  static Word here(
      String name, String summary, Supplier<? extends Command> command, Word... below) {
    return new Word(name, List.of(), summary, Place.HERE, command, List.of(below), false);
  }

  /** The same word, also known by other names. */
  Word or(String... others) {
    return new Word(name, List.of(others), summary, place, command, below, anyArguments);
  }

  /** The same word; nothing behind it is looked at before its command does. */
  Word withAnyArguments() {
    return new Word(name, aliases, summary, place, command, below, true);
  }

  boolean is(String typed) {
    return name.equals(typed) || aliases.contains(typed);
  }

  static Optional<Word> find(List<Word> words, String typed) {
    return words.stream().filter(word -> word.is(typed)).findFirst();
  }
}
