package io.jkube.cli.print;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.cli.print.text.JsonText;
import java.io.PrintStream;

/** {@code -o json}. */
final class JsonPrinter implements ObjectPrinter {
  @Override
  public void print(ObjectNode object, PrintStream out) {
    out.append(JsonText.indented(object)).append('\n');
  }
}
