package io.jkube.cli.print.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Cuts a template into tokens; trim markers and comments are dealt with here. */
final class Lexer {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(0[xX][0-9a-fA-F]+|[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?)");

  private final String template;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  Lexer(String template) {
    this.template = template;
  }

  List<Token> tokens() {
    boolean trimNext = false;
    while (at < template.length()) {
      int open = template.indexOf("{{", at);
      var text = template.substring(at, open < 0 ? template.length() : open);
      if (trimNext) {
        text = text.stripLeading();
      }
      if (open < 0) {
        text(text);
        break;
      }
      at = open + 2;
      if (template.startsWith("-", at) && isSpace(at + 1)) {
        text = text.stripTrailing();
        at += 2;
      }
      text(text);
      trimNext = action();
    }
    return tokens;
  }

  /** How far the template is read. */
  int line() {
    int read = Math.min(at, template.length());
    return 1 + (int) template.chars().limit(read).filter(each -> each == '\n').count();
  }

  private void text(String text) {
    if (!text.isEmpty()) {
      add(Token.Type.TEXT, text);
    }
  }

  /**
   * @return whether the text behind it is to be trimmed
   */
  private boolean action() {
    if (template.startsWith("/*", at)) {
      return comment();
    }
    add(Token.Type.OPEN, "{{");
    while (true) {
      boolean trim = isSpace(at) && template.startsWith("-}}", skipSpace(at));
      if (trim || template.startsWith("}}", at)) {
        at = trim ? skipSpace(at) + 3 : at + 2;
        add(Token.Type.CLOSE, "}}");
        return trim;
      }
      token();
    }
  }

  private boolean comment() {
    int end = template.indexOf("*/", at);
    if (end < 0) {
      throw new TemplateException("unclosed comment");
    }
    at = end + 2;
    boolean trim = template.startsWith("-}}", skipSpace(at));
    at = trim ? skipSpace(at) + 3 : at + 2;
    if (!template.startsWith("}}", at - 2)) {
      throw new TemplateException("comment ends before closing delimiter");
    }
    return trim;
  }

  private void token() {
    if (at >= template.length()) {
      throw new TemplateException("unclosed action");
    }
    char next = template.charAt(at);
    if (Character.isWhitespace(next)) {
      at = skipSpace(at);
      add(Token.Type.SPACE, " ");
    } else if (next == '"') {
      quoted();
    } else if (next == '`') {
      raw();
    } else if (next == '.' || next == '$') {
      dotOrVariable(next);
    } else if (template.startsWith(":=", at)) {
      sign(":=");
    } else if ("|(),=".indexOf(next) >= 0) {
      sign(Character.toString(next));
    } else {
      numberOrWord();
    }
  }

  private void dotOrVariable(char first) {
    int start = at++;
    var name = name();
    if (first == '$') {
      add(Token.Type.VARIABLE, template.substring(start, at));
    } else {
      add(name.isEmpty() ? Token.Type.DOT : Token.Type.FIELD, name);
    }
  }

  private void numberOrWord() {
    var number = NUMBER.matcher(template).region(at, template.length());
    if (number.lookingAt()) {
      at = number.end();
      add(Token.Type.NUMBER, number.group());
      return;
    }
    var word = name();
    if (word.isEmpty()) {
      throw new TemplateException("unexpected \"" + template.charAt(at) + "\" in command");
    }
    add(Token.Type.WORD, word);
  }

  private String name() {
    int start = at;
    while (at < template.length()
        && (Character.isLetterOrDigit(template.charAt(at)) || template.charAt(at) == '_')) {
      at++;
    }
    return template.substring(start, at);
  }

  private void sign(String sign) {
    at += sign.length();
    add(Token.Type.SIGN, sign);
  }

  private void quoted() {
    var text = new StringBuilder();
    for (at++; ; at++) {
      if (at >= template.length() || template.charAt(at) == '\n') {
        throw new TemplateException("unterminated quoted string");
      }
      char each = template.charAt(at);
      if (each == '"') {
        at++;
        add(Token.Type.STRING, text.toString());
        return;
      }
      text.append(each == '\\' && at + 1 < template.length() ? escaped() : each);
    }
  }

  private char escaped() {
    char escaped = template.charAt(++at);
    return switch (escaped) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case '\\', '"', '\'' -> escaped;
      default -> throw new TemplateException("unknown escape \\" + escaped + " in string");
    };
  }

  private void raw() {
    int end = template.indexOf('`', at + 1);
    if (end < 0) {
      throw new TemplateException("unterminated raw quoted string");
    }
    add(Token.Type.STRING, template.substring(at + 1, end));
    at = end + 1;
  }

  private boolean isSpace(int position) {
    return position < template.length() && Character.isWhitespace(template.charAt(position));
  }

  private int skipSpace(int position) {
    int next = position;
    while (isSpace(next)) {
      next++;
    }
    return next;
  }

  private void add(Token.Type type, String text) {
    tokens.add(new Token(type, text, line()));
  }
}
