package io.jkube.cli.print;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Aligns cells in columns three spaces apart. The last cell of a row is never padded. Widths stay
 * over a {@link #flush}, so that the rows of a watch stand below the first ones.
 */
public final class TabWriter {
  private static final int PADDING = 3;
  private static final int NARROWEST = 6;

  private final PrintStream out;
  private final List<List<String>> rows = new ArrayList<>();
  private final List<Integer> widths = new ArrayList<>();

  public TabWriter(PrintStream out) {
    this.out = out;
  }

  public void row(List<String> cells) {
    rows.add(List.copyOf(cells));
    for (int i = 0; i < cells.size() - 1; i++) {
      int width =
          Math.max(NARROWEST, cells.get(i).codePointCount(0, cells.get(i).length()) + PADDING);
      if (i == widths.size()) {
        widths.add(width);
      } else {
        widths.set(i, Math.max(width, widths.get(i)));
      }
    }
  }

  /** Writes the rows that came since the last time. */
  public void flush() {
    var line = new StringBuilder();
    for (var row : rows) {
      line.setLength(0);
      for (int i = 0; i < row.size(); i++) {
        var cell = row.get(i);
        line.append(cell);
        if (i < row.size() - 1) {
          line.repeat(' ', widths.get(i) - cell.codePointCount(0, cell.length()));
        }
      }
      out.append(line.append('\n'));
    }
    rows.clear();
  }

  /** Whether no row is waiting to be written. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }
}
