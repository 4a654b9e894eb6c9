package io.jkube.cli.print.template;

import java.util.List;

/** The tokens of a template, read one after the other. */
final class Tokens {
  private final List<Token> all;
  private int at;

  Tokens(List<Token> all) {
    this.all = List.copyOf(all);
  }

  boolean atEnd() {
    return at >= all.size();
  }

  /** The line of the token read last. */
  int line() {
    return all.isEmpty() ? 1 : all.get(Math.max(0, at - 1)).line();
  }

  Token peek() {
    return peek(0);
  }

  /** The token so many places further, without moving. */
  Token peek(int ahead) {
    if (at + ahead >= all.size()) {
      throw new TemplateException("unclosed action");
    }
    return all.get(at + ahead);
  }

  Token next() {
    var token = peek();
    at++;
    return token;
  }

  void skipSpace() {
    while (!atEnd() && all.get(at).type() == Token.Type.SPACE) {
      at++;
    }
  }

  void expect(Token.Type type, String text) {
    var token = next();
    if (token.type() != type || !token.text().equals(text)) {
      throw new TemplateException("unexpected \"" + token.text() + "\", expected " + text);
    }
  }
}
