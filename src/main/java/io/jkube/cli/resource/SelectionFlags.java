package io.jkube.cli.resource;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** {@code -l} and {@code --field-selector}: which objects of a collection. */
public final class SelectionFlags {
  @Option(
      names = {"-l", "--selector"},
      paramLabel = "LABELS",
      description =
          "Only objects with these labels: a=b, a!=b, a in (b,c), a, !a; comma means and.")
  private String labels;

  @Option(
      names = "--field-selector",
      paramLabel = "FIELDS",
      description = "Only objects with these fields: a=b, a!=b; comma means and.")
  private String fields;

  public boolean isEmpty() {
    return empty(labels) && empty(fields);
  }

  public boolean hasLabels() {
    return !empty(labels);
  }

  public boolean hasFields() {
    return !empty(fields);
  }

  /** As parameters of a request. */
  public Map<String, String> query() {
    var query = new LinkedHashMap<String, String>();
    if (!empty(labels)) {
      query.put("labelSelector", labels);
    }
    if (!empty(fields)) {
      query.put("fieldSelector", fields);
    }
    return query;
  }

  private static boolean empty(String text) {
    return text == null || text.isEmpty();
  }
}
