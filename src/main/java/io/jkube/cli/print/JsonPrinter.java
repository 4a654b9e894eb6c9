package io.jkube.cli.print;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.text.JsonText;
import java.io.PrintStream;

/** {@code -o json}. */
final class JsonPrinter implements ObjectPrinter {
  private static final String ITEM_INDENTATION = "\n        ";

  @Override
  public void print(ObjectNode object, PrintStream out) {
    out.append(JsonText.indented(object)).append('\n');
  }

  /** On a line of its own. */
  @Override
  public void event(String type, ObjectNode object, PrintStream out) {
    out.append("{\"type\":\"" + type + "\",\"object\":" + Json.sorted(object) + "}\n");
  }

  @Override
  public ListPrinter list(PrintStream out) {
    out.append("{\n    \"apiVersion\": \"v1\",\n    \"items\": [");
    return new ListPrinter() {
      private boolean any;

      @Override
      public void item(ObjectNode item) {
        out.append(any ? "," : "").append(ITEM_INDENTATION);
        out.append(JsonText.indented(item).replace("\n", ITEM_INDENTATION));
        any = true;
      }

      @Override
      public void end() {
        out.append(any ? "\n    ]" : "]");
        out.append(",\n    \"kind\": \"List\",\n");
        out.append("    \"metadata\": {\n        \"resourceVersion\": \"\"\n    }\n}\n");
      }
    };
  }
}
