package io.jkube.cli.print;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.io.PrintStream;

/** Keeps the items, for formats that look at the list as one object: templates. */
final class WholeList implements ListPrinter {
  private final ObjectPrinter printer;
  private final PrintStream out;
  private final ArrayNode items = Json.array();

  WholeList(ObjectPrinter printer, PrintStream out) {
    this.printer = printer;
    this.out = out;
  }

  @Override
  public void item(ObjectNode item) {
    items.add(item);
  }

  @Override
  public void end() {
    var list = Json.object().put("apiVersion", "v1").put("kind", "List");
    list.putObject("metadata").put("resourceVersion", "");
    list.set("items", items);
    printer.print(list, out);
  }
}
