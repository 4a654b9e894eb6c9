package io.jkube.cli.print;

import java.util.List;

/**
 * What a table shows beyond what the server sends.
 *
 * @param wide also the columns of lower priority
 * @param kind put before each name, as in {@code pod/web}; empty for none
 * @param labelColumns label keys with a column of their own
 */
public record TableOptions(
    boolean wide,
    boolean headers,
    boolean namespace,
    String kind,
    boolean labels,
    List<String> labelColumns) {
  public TableOptions {
    labelColumns = List.copyOf(labelColumns);
  }

  /** The same, for rows of another kind. */
  public TableOptions with(boolean namespaceColumn, String kindPrefix) {
    return new TableOptions(wide, headers, namespaceColumn, kindPrefix, labels, labelColumns);
  }
}
