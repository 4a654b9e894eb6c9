package io.jkube.api;

import io.jkube.api.LabelRequirement.Operator;
import io.jkube.api.LabelSelectorLexer.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code [!]KEY [OPERATOR VALUE | in (VALUES) | notin (VALUES)]}, separated by commas. {@code
 * in} and {@code notin} are operators behind a key and plain words elsewhere.
 */
final class LabelSelectorParser {
  private final List<Token> tokens;
  private int position;

  LabelSelectorParser(String text) {
    tokens = new LabelSelectorLexer(text).tokens();
  }

  List<LabelRequirement> parse() {
    var requirements = new ArrayList<LabelRequirement>();
    if (peek().isEnd()) {
      return requirements;
    }
    if (!startsRequirement(peek())) {
      throw found(peek(), ", expected: !, identifier, or 'end of string'");
    }
    while (true) {
      requirements.add(requirement());
      var separator = next();
      if (separator.isEnd()) {
        return requirements;
      }
      if (!separator.is(",")) {
        throw found(separator, ", expected: ',' or 'end of string'");
      }
      if (!startsRequirement(peek())) {
        throw found(peek(), ", expected: identifier after ','");
      }
    }
  }

  private LabelRequirement requirement() {
    try {
      boolean negated = peek().is("!");
      if (negated) {
        next();
      }
      var key = key();
      if (negated) {
        return new LabelRequirement(key, Operator.DOES_NOT_EXIST, List.of());
      }
      if (peek().isEnd() || peek().is(",")) {
        return new LabelRequirement(key, Operator.EXISTS, List.of());
      }
      var operator = operator();
      boolean set = operator == Operator.IN || operator == Operator.NOT_IN;
      return new LabelRequirement(key, operator, set ? values() : List.of(value()));
    } catch (ApiException malformed) {
      throw ApiException.badRequest("unable to parse requirement: " + malformed.getMessage());
    }
  }

  private String key() {
    var token = next();
    if (!token.isWord()) {
      throw found(token, ", expected: identifier");
    }
    var violations = LabelSyntax.keyViolations(token.text());
    if (!violations.isEmpty()) {
      throw ApiException.badRequest(LabelSyntax.invalid("<nil>", token.text(), violations));
    }
    return token.text();
  }

  private Operator operator() {
    var token = next();
    return switch (token.text()) {
      case "in" -> Operator.IN;
      case "notin" -> Operator.NOT_IN;
      case "=" -> Operator.EQUALS;
      case "==" -> Operator.DOUBLE_EQUALS;
      case "!=" -> Operator.NOT_EQUALS;
      case ">" -> Operator.GREATER_THAN;
      case "<" -> Operator.LESS_THAN;
      case String other -> throw found(token, ", expected: in, notin, =, ==, !=, gt, lt");
    };
  }

  private String value() {
    if (peek().isEnd() || peek().is(",")) {
      return "";
    }
    var token = next();
    if (!token.isWord()) {
      throw found(token, ", expected: identifier");
    }
    return token.text();
  }

  /** The values in parentheses; one that is left out, as in {@code (a,)}, is the empty value. */
  private List<String> values() {
    var open = next();
    if (!open.is("(")) {
      throw found(open, " expected: '('");
    }
    if (!peek().isWord() && !peek().is(",") && !peek().is(")")) {
      throw found(peek(), ", expected: ',', ')' or identifier");
    }
    var values = new ArrayList<String>();
    while (true) {
      values.add(peek().isWord() ? next().text() : "");
      var separator = next();
      if (separator.is(")")) {
        return values;
      }
      if (!separator.is(",")) {
        throw found(separator, ", expected: ',' or ')'");
      }
    }
  }

  private static boolean startsRequirement(Token token) {
    return token.isWord() || token.is("!");
  }

  private static ApiException found(Token token, String expected) {
    return ApiException.badRequest("found '" + token.text() + "'" + expected);
  }

  private Token peek() {
    return tokens.get(position);
  }

  /** The end is never passed. */
  private Token next() {
    var token = tokens.get(position);
    if (!token.isEnd()) {
      position++;
    }
    return token;
  }
}
