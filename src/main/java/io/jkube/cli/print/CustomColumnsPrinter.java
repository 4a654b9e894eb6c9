package io.jkube.cli.print;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.jsonpath.JsonPath;
import io.jkube.api.jsonpath.JsonPathException;
import io.jkube.api.text.GoText;
import io.jkube.cli.command.CommandFailure;
import io.jkube.cli.print.text.Escapes;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** {@code -o custom-columns=NAME:.metadata.name,...}. */
final class CustomColumnsPrinter implements ObjectPrinter {
  private final List<Column> columns;
  private final boolean headers;
  private TabWriter table;

  private record Column(String header, JsonPath path) {}

  private CustomColumnsPrinter(List<Column> columns, boolean headers) {
    this.columns = List.copyOf(columns);
    this.headers = headers;
  }

  /** From {@code HEADER:path,HEADER:path}. */
  static CustomColumnsPrinter of(String specification, boolean headers) {
    if (specification.isEmpty()) {
      throw new CommandFailure("custom-columns format specified but no custom columns given");
    }
    var columns = new ArrayList<Column>();
    for (var part : specification.split(",", -1)) {
      int colon = part.indexOf(':');
      if (colon < 0) {
        throw new CommandFailure(
            "unexpected custom-columns spec: " + part + ", expected <header>:<json-path-expr>");
      }
      columns.add(column(part.substring(0, colon), part.substring(colon + 1)));
    }
    return new CustomColumnsPrinter(columns, headers);
  }

  /** From a file's two lines: headers, and below each its path. */
  static CustomColumnsPrinter ofTemplate(String template, boolean headers) {
    var lines = template.lines().limit(2).map(line -> List.of(line.strip().split("\\s+"))).toList();
    if (lines.size() < 2) {
      throw new CommandFailure(
          "invalid template, missing "
              + (lines.isEmpty() ? "header" : "spec")
              + " line: a line of headers and a line of column specs are expected");
    }
    if (lines.getFirst().size() != lines.getLast().size()) {
      throw new CommandFailure(
          "number of headers (%d) and field specifications (%d) don't match"
              .formatted(lines.getFirst().size(), lines.getLast().size()));
    }
    var columns = new ArrayList<Column>();
    for (int i = 0; i < lines.getFirst().size(); i++) {
      columns.add(column(lines.getFirst().get(i), lines.getLast().get(i)));
    }
    return new CustomColumnsPrinter(columns, headers);
  }

  private static Column column(String header, String path) {
    try {
      return new Column(header, JsonPath.parseRelaxed(path));
    } catch (JsonPathException unreadable) {
      throw new CommandFailure(unreadable.getMessage());
    }
  }

  @Override
  public void print(ObjectNode object, PrintStream out) {
    var items = object.path("items");
    if (items.isArray()) {
      items.forEach(item -> row(item, out));
    } else {
      row(object, out);
    }
    table(out).flush();
  }

  @Override
  public void each(Iterable<ObjectNode> objects, PrintStream out) {
    objects.forEach(object -> row(object, out));
    table(out).flush();
  }

  /** Keeps the cells alone: how wide a column is, its last cell may say. */
  @Override
  public ListPrinter list(PrintStream out) {
    return new ListPrinter() {
      @Override
      public void item(ObjectNode item) {
        row(item, out);
      }

      @Override
      public void end() {
        table(out).flush();
      }
    };
  }

  private void row(JsonNode object, PrintStream out) {
    table(out).row(cells(object));
  }

  private TabWriter table(PrintStream out) {
    if (table == null) {
      table = new TabWriter(out);
      if (headers) {
        table.row(columns.stream().map(Column::header).toList());
      }
    }
    return table;
  }

  private List<String> cells(JsonNode object) {
    return columns.stream().map(column -> cell(column.path(), object)).toList();
  }

  private static String cell(JsonPath path, JsonNode object) {
    try {
      var texts =
          path.find(object).stream()
              .flatMap(List::stream)
              .map(value -> Escapes.visible(GoText.of(value)))
              .toList();
      return texts.isEmpty() ? "<none>" : String.join(",", texts);
    } catch (JsonPathException misfit) {
      throw new CommandFailure(misfit.getMessage());
    }
  }
}
