package io.jkube.cli.print.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** A template, read and ready to be laid over objects. Immutable. */
public final class GoTemplate {
  private final List<TemplateNode> body;
  private final Map<String, List<TemplateNode>> defined;
  private final boolean missingAllowed;

  private GoTemplate(
      List<TemplateNode> body, Map<String, List<TemplateNode>> defined, boolean missingAllowed) {
    this.body = List.copyOf(body);
    this.defined = Map.copyOf(defined);
    this.missingAllowed = missingAllowed;
  }

  /**
   * @param missingAllowed a key that an object lacks is {@code <no value>} instead of an error
   * @throws TemplateException when the template cannot be read: {@code 1: unclosed action} says in
   *     which line
   */
  public static GoTemplate parse(String template, boolean missingAllowed) {
    var defined = new HashMap<String, List<TemplateNode>>();
    var lexer = new Lexer(template);
    var tokens = new Tokens(reading(lexer::tokens, lexer::line));
    var body = reading(new TemplateParser(tokens, defined)::parse, tokens::line);
    return new GoTemplate(body, defined, missingAllowed);
  }

  private static <T> T reading(Supplier<T> step, IntSupplier line) {
    try {
      return step.get();
    } catch (TemplateException unreadable) {
      throw new TemplateException(line.getAsInt() + ": " + unreadable.getMessage());
    }
  }

  /**
   * @throws TemplateException when the template fails on this object
   */
  public String print(JsonNode object) {
    return new Execution(defined, missingAllowed).run(body, object);
  }
}
