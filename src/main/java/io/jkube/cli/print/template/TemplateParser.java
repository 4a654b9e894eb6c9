package io.jkube.cli.print.template;

import io.jkube.cli.print.template.Token.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes nodes out of tokens; templates defined on the way go into a map. */
final class TemplateParser {
  private final Tokens tokens;
  private final Map<String, List<TemplateNode>> defined;

  TemplateParser(Tokens tokens, Map<String, List<TemplateNode>> defined) {
    this.tokens = tokens;
    this.defined = defined;
  }

  List<TemplateNode> parse() {
    var body = new ArrayList<TemplateNode>();
    while (!tokens.atEnd()) {
      var keyword = nodes(body);
      if (!keyword.isEmpty()) {
        throw new TemplateException("unexpected {{" + keyword + "}}");
      }
    }
    return body;
  }

  /**
   * Reads nodes up to an {@code else} or {@code end}, whose word is taken too.
   *
   * @return that word; empty at the template's end
   */
  private String nodes(List<TemplateNode> body) {
    while (!tokens.atEnd()) {
      var token = tokens.next();
      if (token.type() == Type.TEXT) {
        body.add(new TemplateNode.Text(token.text()));
        continue;
      }
      tokens.skipSpace();
      var word = tokens.peek().type() == Type.WORD ? tokens.peek().text() : "";
      switch (word) {
        case "end", "else" -> {
          tokens.next();
          return word;
        }
        case "if", "with", "range" -> body.add(branch(tokens.next().text()));
        case "define" -> define();
        case "block" -> body.add(block());
        case "template" -> body.add(invoke());
        case "break" -> body.add(single(new TemplateNode.Break()));
        case "continue" -> body.add(single(new TemplateNode.Continue()));
        default -> body.add(new TemplateNode.Action(pipelineToClose("command")));
      }
    }
    return "";
  }

  private TemplateNode branch(String keyword) {
    var pipeline = pipelineToClose(keyword);
    var then = new ArrayList<TemplateNode>();
    var otherwise = new ArrayList<TemplateNode>();
    var ending = nodes(then);
    if (ending.equals("else")) {
      tokens.skipSpace();
      if (tokens.peek().is(Type.WORD, "if") || tokens.peek().is(Type.WORD, "with")) {
        otherwise.add(branch(tokens.next().text()));
        return made(keyword, pipeline, then, otherwise);
      }
      tokens.expect(Type.CLOSE, "}}");
      ending = nodes(otherwise);
    }
    if (!ending.equals("end")) {
      throw new TemplateException("unexpected EOF");
    }
    close();
    return made(keyword, pipeline, then, otherwise);
  }

  private static TemplateNode made(
      String keyword,
      Operand.Pipeline pipeline,
      List<TemplateNode> then,
      List<TemplateNode> otherwise) {
    return switch (keyword) {
      case "if" -> new TemplateNode.If(pipeline, then, otherwise);
      case "with" -> new TemplateNode.With(pipeline, then, otherwise);
      default -> new TemplateNode.Range(pipeline, then, otherwise);
    };
  }

  private void define() {
    tokens.next();
    var name = name();
    close();
    defined.put(name, bodyToEnd());
  }

  private TemplateNode block() {
    tokens.next();
    var name = name();
    var pipeline = pipelineToClose("block clause");
    defined.put(name, bodyToEnd());
    return new TemplateNode.Invoke(name, pipeline);
  }

  private TemplateNode invoke() {
    tokens.next();
    var name = name();
    tokens.skipSpace();
    if (tokens.peek().type() == Type.CLOSE) {
      tokens.next();
      return new TemplateNode.Invoke(name, null);
    }
    return new TemplateNode.Invoke(name, pipelineToClose("template clause"));
  }

  private TemplateNode single(TemplateNode node) {
    tokens.next();
    close();
    return node;
  }

  private List<TemplateNode> bodyToEnd() {
    var body = new ArrayList<TemplateNode>();
    if (!nodes(body).equals("end")) {
      throw new TemplateException("unexpected EOF");
    }
    close();
    return body;
  }

  private String name() {
    tokens.skipSpace();
    var name = tokens.next();
    if (name.type() != Type.STRING) {
      throw new TemplateException("a template's name must be a string: " + name.text());
    }
    return name.text();
  }

  private Operand.Pipeline pipelineToClose(String context) {
    var pipeline = new PipelineParser(tokens).parse(context);
    close();
    return pipeline;
  }

  private void close() {
    tokens.skipSpace();
    tokens.expect(Type.CLOSE, "}}");
  }
}
