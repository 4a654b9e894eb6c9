package io.jkube.api.jsonpath;

import java.util.ArrayList;
import java.util.List;

/** Reads a template: text, expressions in braces, ranges. */
final class Parser {
  private static final String RANGE = "range";
  private static final String END = "end";

  private final String template;
  private int at;
  private int depth;

  Parser(String template) {
    this.template = template;
  }

  List<Part> parse() {
    var parts = parts();
    if (at < template.length()) {
      throw new JsonPathException("not in range, nothing to end");
    }
    return parts;
  }

  /** Up to the end of the template, or behind the {@code {end}} of the range under way. */
  private List<Part> parts() {
    var parts = new ArrayList<Part>();
    while (at < template.length()) {
      int brace = template.indexOf('{', at);
      if (brace != at) {
        int end = brace < 0 ? template.length() : brace;
        parts.add(new Part.Text(template.substring(at, end)));
        at = end;
        continue;
      }
      int start = at;
      var inside = inside();
      if (inside.equals(END)) {
        if (depth == 0) {
          at = start;
        }
        return parts;
      }
      parts.add(part(inside));
    }
    if (depth > 0) {
      throw new JsonPathException("unclosed range: {" + END + "} is missing");
    }
    return parts;
  }

  private Part part(String inside) {
    if (!inside.equals(RANGE) && !inside.startsWith(RANGE + " ")) {
      return new Part.Expression(new ExpressionParser(inside).parse());
    }
    var steps = new ExpressionParser(inside.substring(RANGE.length())).parse();
    depth++;
    var body = parts();
    depth--;
    return new Part.Range(steps, body);
  }

  /** What stands between the braces; moves behind them. */
  private String inside() {
    int end = at + 1;
    char quote = 0;
    int brackets = 0;
    while (end < template.length() && (quote != 0 || template.charAt(end) != '}')) {
      char each = template.charAt(end);
      if (each == '\\') {
        end++;
      } else if (quote == 0 && (each == '"' || each == '\'')) {
        quote = each;
      } else if (each == quote) {
        quote = 0;
      } else if (quote == 0) {
        brackets += each == '[' ? 1 : each == ']' ? -1 : 0;
      }
      end++;
    }
    if (end >= template.length()) {
      throw new JsonPathException(unclosed(quote, brackets));
    }
    var inside = template.substring(at + 1, end).strip();
    at = end + 1;
    return inside;
  }

  private static String unclosed(char quote, int brackets) {
    if (brackets > 0) {
      return "unterminated array";
    }
    return quote == 0 ? "unclosed action" : "unterminated quoted string";
  }
}
