package io.jkube.cli.print;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.jsonpath.JsonPath;
import io.jkube.api.jsonpath.JsonPathException;
import io.jkube.cli.command.CommandFailure;
import java.io.PrintStream;

/** {@code -o jsonpath=TEMPLATE}. */
final class JsonPathPrinter implements ObjectPrinter {
  private final String template;
  private final JsonPath path;

  JsonPathPrinter(String template, boolean missingAllowed) {
    this.template = template;
    try {
      this.path = JsonPath.parse(template, missingAllowed);
    } catch (JsonPathException unreadable) {
      throw new CommandFailure(
          "error parsing jsonpath " + template + ", " + unreadable.getMessage());
    }
  }

  @Override
  public void print(ObjectNode object, PrintStream out) {
    try {
      out.append(path.print(object));
    } catch (JsonPathException misfit) {
      throw new CommandFailure(
          "error executing jsonpath \""
              + template
              + "\": Error executing template: "
              + misfit.getMessage());
    }
  }
}
