package io.jkube.kubelet.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file of variables that a container left for those after it: lines of {@code NAME='value'},
 * where a value may go over several lines (Kubernetes: "Define Environment Variable Values Using An
 * Init Container").
 */
final class EnvironmentFile {
  private static final long LARGEST_BYTES = 64 * 1024;

  private final String text;
  private int at;
  private int line = 1;

  private EnvironmentFile(String text) {
    this.text = text;
  }

  /**
   * The value of that name.
   *
   * @return empty where file or name is missing and may be
   * @throws ConfigFailure where it is missing, or the file is no such file
   */
  static Optional<String> value(Path file, String name, boolean optional) {
    var found = read(file, optional).flatMap(text -> new EnvironmentFile(text).find(name));
    if (found.isEmpty() && !optional) {
      throw new ConfigFailure(
          "environment variable key \"" + name + "\" not found in file \"" + file + "\"");
    }
    return found;
  }

  /** A container wrote it: a link would lead to files of this machine. */
  private static Optional<String> read(Path file, boolean optional) {
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        if (optional && !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
          return Optional.empty();
        }
        throw new ConfigFailure(
            "failed to open environment variable file \"" + file + "\": no such file");
      }
      if (Files.size(file) > LARGEST_BYTES) {
        throw new ConfigFailure("environment variable file \"" + file + "\" has more than 64 KiB");
      }
      return Optional.of(Files.readString(file));
    } catch (IOException unreadable) {
      throw new ConfigFailure(
          "failed to open environment variable file \"" + file + "\": " + unreadable.getMessage());
    }
  }

  private Optional<String> find(String name) {
    while (at < text.length()) {
      int end = lineEnd(at);
      var entry = text.substring(at, end).stripLeading();
      if (entry.isEmpty() || entry.startsWith("#")) {
        next(end);
        continue;
      }
      int equals = text.indexOf('=', at);
      if (equals < 0 || equals > end) {
        throw malformed("missing '='");
      }
      var key = text.substring(at, equals).stripLeading();
      if (key.isEmpty()) {
        throw malformed("empty variable name");
      }
      if (!key.equals(key.strip())) {
        throw malformed("whitespace before '='");
      }
      at = equals + 1;
      var value = quoted();
      if (key.equals(name)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  /** As a shell has it, nothing but blanks and a comment makes an empty value. */
  private String quoted() {
    if (at == text.length() || text.charAt(at) != '\'') {
      requireNothing(at, at < text.length() && Character.isWhitespace(text.charAt(at)));
      return "";
    }
    int close = text.indexOf('\'', at + 1);
    if (close < 0) {
      throw malformed("unclosed single quote");
    }
    var value = text.substring(at + 1, close);
    line += (int) value.chars().filter(c -> c == '\n').count();
    requireNothing(close + 1, false);
    return value;
  }

  private void requireNothing(int from, boolean anything) {
    int end = lineEnd(from);
    var rest = text.substring(from, end).strip();
    if (!anything && !rest.isEmpty() && !rest.startsWith("#")) {
      throw malformed("value must be enclosed in single quotes");
    }
    next(end);
  }

  private int lineEnd(int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  private void next(int end) {
    at = Math.min(end + 1, text.length());
    line++;
  }

  private ConfigFailure malformed(String why) {
    return new ConfigFailure("invalid environment variable format at line " + line + ": " + why);
  }
}
