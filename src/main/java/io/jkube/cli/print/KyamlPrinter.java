package io.jkube.cli.print;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.cli.print.text.KyamlText;
import java.io.PrintStream;

/** {@code -o kyaml}. */
final class KyamlPrinter implements ObjectPrinter {
  @Override
  public void print(ObjectNode object, PrintStream out) {
    out.append("---\n").append(KyamlText.of(object)).append('\n');
  }
}
