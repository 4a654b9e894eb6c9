package io.jkube.cli.print;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.jsonpath.JsonPath;
import io.jkube.api.jsonpath.JsonPathException;
import io.jkube.api.text.JsonText;
import io.jkube.cli.command.CommandFailure;
import java.io.PrintStream;

/** {@code -o jsonpath-as-json=TEMPLATE}: the values found as one JSON array. */
final class JsonPathAsJsonPrinter implements ObjectPrinter {
  private final JsonPath path;

  JsonPathAsJsonPrinter(String template, boolean missingAllowed) {
    try {
      this.path = JsonPath.parse(template, missingAllowed);
    } catch (JsonPathException unreadable) {
      throw new CommandFailure(
          "error parsing jsonpath " + template + ", " + unreadable.getMessage());
    }
  }

  @Override
  public void print(ObjectNode object, PrintStream out) {
    var found = Json.array();
    try {
      path.find(object).forEach(found::addAll);
    } catch (JsonPathException misfit) {
      throw new CommandFailure("error executing jsonpath: " + misfit.getMessage());
    }
    out.append(JsonText.indented(found)).append('\n');
  }
}
