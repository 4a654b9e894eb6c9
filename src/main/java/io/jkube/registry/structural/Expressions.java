package io.jkube.registry.structural;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The regular expressions of schemas, each read once. They are RE2's: what Java's would read
 * otherwise, or search for very long, they do not.
 */
final class Expressions {
  private final Map<String, Pattern> read = new ConcurrentHashMap<>();

  /**
   * Whether something in the text matches.
   *
   * @throws PatternSyntaxException when the expression cannot be read
   */
  boolean finds(String expression, String text) {
    return read.computeIfAbsent(expression, Pattern::compile).matcher(text).find();
  }

  /** What is wrong with an expression. */
  static Optional<String> problem(String expression) {
    try {
      Pattern.compile(expression);
      return Optional.empty();
    } catch (PatternSyntaxException malformed) {
      return Optional.of(malformed.getMessage());
    }
  }
}
