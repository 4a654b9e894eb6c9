package io.jkube.cli.print;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Prints the server's tables ({@code meta.k8s.io/v1 Table}). Headers come once, with the first row;
 * a table without column definitions (of a watch) continues the one before.
 */
public final class TablePrinter {
  private static final String NONE = "<none>";

  private final TableOptions options;
  private final TabWriter out;
  private JsonNode columns;
  private boolean headersDue;

  public TablePrinter(TableOptions options, TabWriter out) {
    this.options = options;
    this.out = out;
    this.headersDue = options.headers();
  }

  public void print(ObjectNode table) {
    print(table, "");
  }

  /** Takes over the columns of a table whose rows are not wanted. */
  public void remember(ObjectNode table) {
    columns = table.path("columnDefinitions");
  }

  /**
   * @param event the type of a watch event to be shown, or empty
   */
  public void print(ObjectNode table, String event) {
    if (!table.path("columnDefinitions").isEmpty()) {
      columns = table.path("columnDefinitions");
    }
    if (headersDue && !table.path("rows").isEmpty()) {
      headersDue = false;
      out.row(headers(!event.isEmpty()));
    }
    for (var row : table.path("rows")) {
      out.row(cells(row, event));
    }
  }

  private List<String> headers(boolean events) {
    var names = new ArrayList<String>();
    if (events) {
      names.add("EVENT");
    }
    if (options.namespace()) {
      names.add("NAMESPACE");
    }
    for (var column : columns) {
      if (isShown(column)) {
        names.add(column.path("name").asText().toUpperCase(Locale.ROOT));
      }
    }
    for (var label : options.labelColumns()) {
      names.add(label.substring(label.lastIndexOf('/') + 1).toUpperCase(Locale.ROOT));
    }
    if (options.labels()) {
      names.add("LABELS");
    }
    return names;
  }

  private List<String> cells(JsonNode row, String event) {
    var cells = new ArrayList<String>();
    if (!event.isEmpty()) {
      cells.add("%-8s".formatted(event)); // MODIFIED and DELETED side by side
    }
    var metadata = row.path("object").path("metadata");
    if (options.namespace()) {
      cells.add(metadata.path("namespace").asText());
    }
    for (int i = 0; i < columns.size(); i++) {
      if (isShown(columns.get(i))) {
        cells.add(prefix(columns.get(i)) + CellText.of(row.path("cells").path(i)));
      }
    }
    var labels = metadata.path("labels");
    for (var label : options.labelColumns()) {
      cells.add(labels.path(label).asText());
    }
    if (options.labels()) {
      cells.add(joined(labels));
    }
    return cells;
  }

  private boolean isShown(JsonNode column) {
    return options.wide() || column.path("priority").asInt() == 0;
  }

  private String prefix(JsonNode column) {
    return options.kind().isEmpty() || !column.path("format").asText().equals("name")
        ? ""
        : options.kind() + "/";
  }

  private static String joined(JsonNode labels) {
    return labels.isEmpty()
        ? NONE
        : labels
            .propertyStream()
            .map(label -> label.getKey() + "=" + label.getValue().asText())
            .sorted()
            .collect(Collectors.joining(","));
  }
}
