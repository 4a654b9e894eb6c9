package io.jkube.cli.completion;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;

/**
 * What fits where the cursor is.
 *
 * @param files whether names of files fit as well; the shell knows them itself
 */
record Answer(List<Suggestion> suggestions, boolean files) {
  static final Answer NOTHING = new Answer(List.of(), false);
  static final Answer FILES = new Answer(List.of(), true);

  Answer {
    suggestions = List.copyOf(suggestions);
  }

  static Answer of(Stream<Suggestion> suggestions) {
    return new Answer(suggestions.toList(), false);
  }

  static Answer words(Stream<String> words) {
    return of(words.map(Suggestion::of));
  }

  Answer and(Answer other) {
    return new Answer(
        Stream.concat(suggestions.stream(), other.suggestions.stream()).toList(),
        files || other.files);
  }

  Answer behind(String prefix) {
    return new Answer(
        suggestions.stream().map(suggestion -> suggestion.behind(prefix)).toList(), files);
  }

  /** Only what goes on as it was typed. */
  Answer startingWith(String typed) {
    return new Answer(
        suggestions.stream().filter(each -> each.value().startsWith(typed)).distinct().toList(),
        files);
  }

  void print(PrintStream out) {
    for (var suggestion : suggestions) {
      out.print(suggestion.value());
      if (!suggestion.description().isEmpty()) {
        out.print("\t" + suggestion.description());
      }
      out.print('\n');
    }
    if (files) {
      out.print(":files\n");
    }
  }
}
