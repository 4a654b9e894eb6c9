package io.jkube.cli.print;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.print.template.GoTemplate;
import io.jkube.cli.print.template.TemplateException;
import java.io.PrintStream;

/** {@code -o go-template=TEMPLATE}. */
final class GoTemplatePrinter implements ObjectPrinter {
  private final String text;
  private final GoTemplate template;

  GoTemplatePrinter(String template, boolean missingAllowed) {
    this.text = template;
    try {
      this.template = GoTemplate.parse(template, missingAllowed);
    } catch (TemplateException unreadable) {
      throw new CommandFailure(
          "error parsing template " + template + ", template: output:" + unreadable.getMessage());
    }
  }

  @Override
  public void print(ObjectNode object, PrintStream out) {
    try {
      out.append(template.print(object));
    } catch (TemplateException misfit) {
      throw new CommandFailure(
          "error executing template "
              + TextNode.valueOf(text)
              + ": template: output: "
              + misfit.getMessage());
    }
  }
}
