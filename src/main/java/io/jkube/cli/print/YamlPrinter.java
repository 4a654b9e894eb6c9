package io.jkube.cli.print;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
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

  @Override
  public ListPrinter list(PrintStream out) {
    out.append("apiVersion: v1\nitems:");
    return new ListPrinter() {
      private boolean any;

      @Override
      public void item(ObjectNode item) {
        out.append(any ? "" : "\n").append(YamlText.of(Json.array().add(item)));
        any = true;
      }

      @Override
      public void end() {
        out.append(any ? "" : " []\n");
        out.append("kind: List\nmetadata:\n  resourceVersion: \"\"\n");
      }
    };
  }
}
