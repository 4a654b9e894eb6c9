package io.jkube.api.jsonpath;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

/** Reads one expression, without its braces, into steps. */
final class ExpressionParser {
  private static final String ENDS_OF_A_NAME = " \t\r\n.[]()'\"|{}<>=!,";

  private final String text;
  private int at;

  ExpressionParser(String text) {
    this.text = text;
  }

  List<Step> parse() {
    var steps = new ArrayList<Step>();
    for (skipSpace(); at < text.length(); skipSpace()) {
      step(steps);
    }
    return steps;
  }

  private void step(List<Step> steps) {
    char next = text.charAt(at);
    switch (next) {
      case '$' -> {
        at++;
        steps.add(new Step.Root());
      }
      case '@' -> at++;
      case '.' -> field(steps);
      case '[' -> steps.add(new BracketParser(bracket()).parse());
      case '"', '\'' -> steps.add(new Step.Literal(TextNode.valueOf(quoted(next))));
      default -> steps.add(word());
    }
  }

  private void field(List<Step> steps) {
    at++;
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      steps.add(new Step.Recursive());
      if (at < text.length() && text.charAt(at) == '[') {
        return;
      }
    } else if (at < text.length() && text.charAt(at) == '[') {
      return;
    }
    var name = name();
    if (name.equals("*")) {
      steps.add(new Step.Wildcard());
    } else if (!name.isEmpty()) {
      steps.add(new Step.Field(name));
    }
  }

  /** Letters up to the next separator; a backslash takes the next character as it is. */
  private String name() {
    var name = new StringBuilder();
    while (at < text.length()) {
      char each = text.charAt(at);
      if (each == '\\' && at + 1 < text.length()) {
        name.append(text.charAt(at + 1));
        at += 2;
      } else if (ENDS_OF_A_NAME.indexOf(each) >= 0) {
        break;
      } else {
        name.append(each);
        at++;
      }
    }
    return name.toString();
  }

  /** A number, {@code true}, {@code false}, or a field without the dot before it. */
  private Step word() {
    int start = at;
    var name = name();
    if (at < text.length() && text.charAt(at) == '.' && name.matches("[-+]?[0-9]+")) {
      at++;
      name = name + "." + name();
    }
    if (name.isEmpty()) {
      throw new JsonPathException(
          "unrecognized character in action: U+%04X '%c'"
              .formatted((int) text.charAt(start), text.charAt(start)));
    }
    if (name.matches("[-+]?[0-9]{1,18}")) {
      return new Step.Literal(LongNode.valueOf(Long.parseLong(name)));
    }
    if (name.matches("[-+]?[0-9]*\\.[0-9]+")) {
      return new Step.Literal(DoubleNode.valueOf(Double.parseDouble(name)));
    }
    if (name.equals("true") || name.equals("false")) {
      return new Step.Literal(BooleanNode.valueOf(name.equals("true")));
    }
    throw new JsonPathException("unrecognized identifier " + name);
  }

  private String quoted(char quote) {
    int start = ++at;
    while (at < text.length() && text.charAt(at) != quote) {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= text.length()) {
      throw new JsonPathException("unterminated quoted string");
    }
    return Quoted.unescape(text.substring(start, at++));
  }

  /** What stands between this bracket and its partner; moves behind it. */
  private String bracket() {
    int open = 0;
    char quote = 0;
    int start = at + 1;
    for (; at < text.length(); at++) {
      char each = text.charAt(at);
      if (each == '\\') {
        at++;
      } else if (quote != 0) {
        quote = each == quote ? 0 : quote;
      } else if (each == '"' || each == '\'') {
        quote = each;
      } else if (each == '[') {
        open++;
      } else if (each == ']' && --open == 0) {
        return text.substring(start, at++);
      }
    }
    throw new JsonPathException(
        text.startsWith("?(", start) ? "unclosed array expect ]" : "unterminated array");
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
