package io.jkube.cli.print;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.cli.print.text.YamlText;
import java.io.PrintStream;

/** {@code -o yaml}; several objects are parted by {@code ---}. */
final class YamlPrinter implements ObjectPrinter {
  private boolean printed;

  @Override
  public void print(ObjectNode object, PrintStream out) {
    out.append(printed ? "---\n" : "").append(YamlText.of(object));
    printed = true;
  }
}
