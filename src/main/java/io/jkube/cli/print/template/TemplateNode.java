package io.jkube.cli.print.template;

import java.util.List;

/** A piece of a template's body. */
sealed interface TemplateNode {
  record Text(String text) implements TemplateNode {}

  /** Prints the value, unless the pipeline sets a variable. */
  record Action(Operand.Pipeline pipeline) implements TemplateNode {}

  record If(Operand.Pipeline condition, List<TemplateNode> then, List<TemplateNode> otherwise)
      implements TemplateNode {}

  record With(Operand.Pipeline value, List<TemplateNode> then, List<TemplateNode> otherwise)
      implements TemplateNode {}

  record Range(Operand.Pipeline values, List<TemplateNode> body, List<TemplateNode> otherwise)
      implements TemplateNode {}

  /**
   * {@code template "name" pipeline}.
   *
   * @param pipeline null for none
   */
  record Invoke(String name, Operand.Pipeline pipeline) implements TemplateNode {}

  record Break() implements TemplateNode {}

  record Continue() implements TemplateNode {}
}
