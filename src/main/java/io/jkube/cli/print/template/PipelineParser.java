package io.jkube.cli.print.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jkube.cli.print.template.Token.Type;
import java.util.ArrayList;
import java.util.List;

/** Reads a pipeline, up to (not including) the sign that ends it. */
final class PipelineParser {
  private final Tokens tokens;

  PipelineParser(Tokens tokens) {
    this.tokens = tokens;
  }

  /**
   * @param context what it is the value of, for messages
   */
  Operand.Pipeline parse(String context) {
    tokens.skipSpace();
    if (ends(tokens.peek())) {
      throw new TemplateException("missing value for " + context);
    }
    var variables = variables();
    boolean declares = false;
    if (!variables.isEmpty()) {
      declares = tokens.next().text().equals(":=");
    }
    var commands = new ArrayList<List<Operand>>();
    commands.add(command());
    while (tokens.peek().is(Type.SIGN, "|")) {
      tokens.next();
      commands.add(command());
    }
    return new Operand.Pipeline(variables, declares, commands);
  }

  /** The variables before {@code :=} or {@code =}; none when no such sign follows. */
  private List<String> variables() {
    var names = new ArrayList<String>();
    int ahead = 0;
    while (tokens.peek(ahead).type() == Type.VARIABLE) {
      names.add(tokens.peek(ahead).text());
      ahead = afterSpace(ahead + 1);
      if (tokens.peek(ahead).is(Type.SIGN, ":=") || tokens.peek(ahead).is(Type.SIGN, "=")) {
        for (int i = 0; i < ahead; i++) {
          tokens.next();
        }
        return names;
      }
      if (!tokens.peek(ahead).is(Type.SIGN, ",")) {
        return List.of();
      }
      ahead = afterSpace(ahead + 1);
    }
    return List.of();
  }

  private int afterSpace(int ahead) {
    int next = ahead;
    while (tokens.peek(next).type() == Type.SPACE) {
      next++;
    }
    return next;
  }

  private List<Operand> command() {
    var operands = new ArrayList<Operand>();
    tokens.skipSpace();
    while (!ends(tokens.peek())) {
      operands.add(withFields(operand()));
      tokens.skipSpace();
    }
    if (operands.isEmpty()) {
      throw new TemplateException("missing value for command");
    }
    return operands;
  }

  private static boolean ends(Token token) {
    return token.type() == Type.CLOSE || token.is(Type.SIGN, "|") || token.is(Type.SIGN, ")");
  }

  private Operand operand() {
    var token = tokens.next();
    return switch (token.type()) {
      case DOT -> new Operand.Dot();
      case FIELD -> new Operand.Fields(new Operand.Dot(), List.of(token.text()));
      case VARIABLE -> new Operand.Variable(token.text());
      case STRING -> new Operand.Literal(TextNode.valueOf(token.text()));
      case NUMBER -> new Operand.Literal(number(token.text()));
      case WORD -> word(token.text());
      case SIGN, TEXT, OPEN, CLOSE, SPACE -> nested(token);
    };
  }

  private Operand nested(Token token) {
    if (!token.is(Type.SIGN, "(")) {
      throw new TemplateException("unexpected \"" + token.text() + "\" in operand");
    }
    var pipeline = parse("parenthesized pipeline");
    tokens.expect(Type.SIGN, ")");
    return new Operand.Nested(pipeline);
  }

  private static Operand word(String word) {
    return switch (word) {
      case "true", "false" -> new Operand.Literal(BooleanNode.valueOf(word.equals("true")));
      case "nil" -> new Operand.Literal(NullNode.getInstance());
      default -> {
        if (!Functions.isKnown(word)) {
          throw new TemplateException("function \"" + word + "\" not defined");
        }
        yield new Operand.Function(word);
      }
    };
  }

  private static JsonNode number(String text) {
    try {
      return text.matches("[-+]?[0-9a-fA-FxX]+") && !text.matches("[-+]?[0-9]+[eE][0-9]+")
          ? LongNode.valueOf(Long.decode(text))
          : DoubleNode.valueOf(Double.parseDouble(text));
    } catch (NumberFormatException wrong) {
      throw new TemplateException("bad number syntax: " + text);
    }
  }

  private Operand withFields(Operand operand) {
    var names = new ArrayList<String>();
    while (tokens.peek().type() == Type.FIELD) {
      names.add(tokens.next().text());
    }
    if (names.isEmpty()) {
      return operand;
    }
    if (operand instanceof Operand.Fields fields) {
      names.addAll(0, fields.names());
      return new Operand.Fields(fields.of(), names);
    }
    return new Operand.Fields(operand, names);
  }
}
