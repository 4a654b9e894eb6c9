package io.jkube.api.jsonpath;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads what stands between brackets: index, slice, names, union, filter, wildcard. */
final class BracketParser {
  private static final Pattern SLICE = Pattern.compile("(-?\\d*)(?:(:)(-?\\d*))?(?::(-?\\d*))?");
  private static final Pattern FILTER = Pattern.compile("\\?\\s*\\((.*)\\)", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("'([^']*)'");
  private static final Pattern COMPARISON =
      Pattern.compile("([^!<>=]+)([!<>=]+)(.+)", Pattern.DOTALL);

  private final String text;

  BracketParser(String text) {
    this.text = text.strip();
  }

  Step parse() {
    if (text.equals("*")) {
      return new Step.Wildcard();
    }
    var filter = FILTER.matcher(text);
    if (filter.matches()) {
      return filter(filter.group(1));
    }
    var members = members(text);
    if (members.size() > 1) {
      return new Step.Union(
          members.stream().map(member -> List.of(new BracketParser(member).parse())).toList());
    }
    var name = NAME.matcher(text);
    if (name.matches()) {
      return new Step.Path(new ExpressionParser("." + name.group(1)).parse());
    }
    var slice = SLICE.matcher(text);
    if (!text.isEmpty() && slice.matches()) {
      return new Step.Slice(
          number(slice.group(1)),
          number(slice.group(3)),
          number(slice.group(4)),
          slice.group(2) == null);
    }
    throw new JsonPathException("invalid array index " + text);
  }

  private static Integer number(String digits) {
    if (digits == null || digits.isEmpty() || digits.equals("-")) {
      return null;
    }
    try {
      return Integer.valueOf(digits);
    } catch (NumberFormatException tooLarge) {
      throw new JsonPathException("invalid array index " + digits);
    }
  }

  private static Step filter(String condition) {
    var comparison = COMPARISON.matcher(condition);
    if (comparison.matches()) {
      return new Step.Filter(
          new ExpressionParser(comparison.group(1)).parse(),
          comparison.group(2),
          new ExpressionParser(comparison.group(3)).parse());
    }
    return new Step.Filter(new ExpressionParser(condition).parse(), "", List.of());
  }

  /** What commas part, but not those inside of quotes, brackets and parentheses. */
  private static List<String> members(String text) {
    var pieces = new ArrayList<String>();
    int depth = 0;
    int start = 0;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (each == '\\') {
        i++;
      } else if (quote != 0) {
        quote = each == quote ? 0 : quote;
      } else if (each == '"' || each == '\'') {
        quote = each;
      } else if (each == '[' || each == '(') {
        depth++;
      } else if (each == ']' || each == ')') {
        depth--;
      } else if (depth == 0 && each == ',') {
        pieces.add(text.substring(start, i));
        start = i + 1;
      }
    }
    pieces.add(text.substring(start));
    return pieces;
  }
}
