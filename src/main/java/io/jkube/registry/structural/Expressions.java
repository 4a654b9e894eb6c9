package io.jkube.registry.structural;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The regular expressions of schemas, each read once. They are RE2's, which Java reads alike. */
final class Expressions {
  private static final Pattern CLASS = Pattern.compile("\\[:(\\^?)([a-z]+):]");
  private static final Map<String, String> CLASSES =
      Map.of(
          "alnum", "\\p{Alnum}",
          "alpha", "\\p{Alpha}",
          "digit", "\\p{Digit}",
          "lower", "\\p{Lower}",
          "punct", "\\p{Punct}",
          "space", "\\s",
          "upper", "\\p{Upper}",
          "word", "\\w",
          "xdigit", "\\p{XDigit}");

  private final Map<String, Pattern> read = new ConcurrentHashMap<>();

  /**
   * Whether something in the text matches.
   *
   * @throws PatternSyntaxException when the expression cannot be read
   */
  boolean finds(String expression, String text) {
    return read.computeIfAbsent(expression, Expressions::compile).matcher(text).find();
  }

  /** What is wrong with an expression. */
  static Optional<String> problem(String expression) {
    try {
      compile(expression);
      return Optional.empty();
    } catch (PatternSyntaxException malformed) {
      return Optional.of(malformed.getDescription());
    }
  }

  private static Pattern compile(String expression) {
    var classes =
        CLASS
            .matcher(expression)
            .replaceAll(
                found -> {
                  var known = CLASSES.get(found.group(2));
                  var text = known == null || !found.group(1).isEmpty() ? found.group() : known;
                  return java.util.regex.Matcher.quoteReplacement(text);
                });
    return Pattern.compile(classes.replace("(?P<", "(?<"));
  }
}
