package io.jkube.cli.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads files of command lines. */
public final class CommandLines {
  private CommandLines() {}

  /**
   * @param text as it stands in the file
   * @param words without a program's name
   * @param stdin the file that is its standard input; empty for none
   */
  public record CommandLine(String text, List<String> words, String stdin) {
    public static CommandLine of(String text) {
      var words = CommandLines.words(text);
      int less = words.indexOf("<");
      return less < 0
          ? new CommandLine(text, words, "")
          : new CommandLine(text, words.subList(0, less), words.get(less + 1));
    }
  }

  /** The files of a folder, in the order of their names. */
  public static List<Path> files(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
  }

  /** The paragraphs of a file: an empty line is between two. */
  public static List<List<CommandLine>> paragraphs(Path file) throws IOException {
    var paragraphs = new ArrayList<List<CommandLine>>();
    for (var paragraph : Files.readString(file).split("\n\\s*\n")) {
      var lines =
          paragraph
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(CommandLine::of)
              .toList();
      if (!lines.isEmpty()) {
        paragraphs.add(lines);
      }
    }
    return paragraphs;
  }

  /** Words as a shell parts them; quotes keep words together. */
  static List<String> words(String line) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char each = line.charAt(i);
      if (quote != 0 && each == quote) {
        quote = 0;
      } else if (each == '\\' && quote == '"' && "\"\\".indexOf(line.charAt(i + 1)) >= 0) {
        word.append(line.charAt(++i));
      } else if (quote == 0 && (each == '"' || each == '\'')) {
        quote = each;
        inWord = true;
      } else if (quote == 0 && each == ' ') {
        if (inWord) {
          words.add(word.toString());
        }
        word.setLength(0);
        inWord = false;
      } else {
        word.append(each);
        inWord = true;
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("a quote is not closed: " + line);
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }
}
