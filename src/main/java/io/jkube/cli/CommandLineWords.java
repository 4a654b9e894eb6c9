package io.jkube.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A command line, its words told apart from the rest: {@code -n dev get pods} means the command
 * {@code get}, with {@code -n dev pods} left for it.
 *
 * @param path the words found, such as {@code create}, {@code pod}
 * @param rest the other arguments in their order, flags for help taken out
 */
record CommandLineWords(List<Word> path, List<String> rest, boolean wantsHelp) {
  /** Flags that may stand before the command and take a value. */
  private static final Set<String> LEADING = Set.of("-n", "--namespace", "--cluster");

  CommandLineWords {
    path = List.copyOf(path);
    rest = List.copyOf(rest);
  }

  static CommandLineWords of(List<Word> words, List<String> arguments) {
    var path = new ArrayList<Word>();
    var rest = new ArrayList<String>();
    var level = words;
    int next = 0;
    boolean help = false;
    while (next < arguments.size()) {
      var argument = arguments.get(next);
      var word = Word.find(level, argument);
      if (word.isPresent()) {
        path.add(word.get());
        if (word.get().anyArguments()) {
          return new CommandLineWords(path, verbatim(arguments, next + 1), help);
        }
        level = word.get().below();
        next++;
      } else if (argument.equals("help") && path.isEmpty() && !help) {
        help = true;
        next++;
      } else if (LEADING.contains(argument) && next + 1 < arguments.size()) {
        rest.add(argument);
        rest.add(arguments.get(next + 1));
        next += 2;
      } else if (LEADING.stream().anyMatch(flag -> argument.startsWith(flag + "="))) {
        rest.add(argument);
        next++;
      } else {
        break;
      }
    }
    boolean options = true;
    for (var argument : arguments.subList(next, arguments.size())) {
      options &= !argument.equals("--");
      if (options && (argument.equals("--help") || argument.equals("-h"))) {
        help = true;
      } else {
        rest.add(argument);
      }
    }
    return new CommandLineWords(path, rest, help);
  }

  private static List<String> verbatim(List<String> arguments, int from) {
    var rest = new ArrayList<>(arguments.subList(from, arguments.size()));
    rest.addFirst("--");
    return rest;
  }

  /** The command meant, if any. */
  Optional<Word> word() {
    return path.isEmpty() ? Optional.empty() : Optional.of(path.getLast());
  }

  /** {@code jkube create pod}. */
  String name() {
    var name = new StringBuilder("jkube");
    path.forEach(word -> name.append(' ').append(word.name()));
    return name.toString();
  }

  Word.Place place() {
    return word().map(Word::place).orElse(Word.Place.HERE);
  }

  /** The argument that stands where a further word could: {@code create pdo}. */
  Optional<String> strayWord() {
    return word().isEmpty() || !word().get().below().isEmpty()
        ? rest.stream().findFirst().filter(first -> !first.startsWith("-"))
        : Optional.empty();
  }
}
