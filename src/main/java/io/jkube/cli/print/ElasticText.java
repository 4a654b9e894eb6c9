package io.jkube.cli.print;

import java.util.ArrayList;
import java.util.List;

/**
 * Text with tabs, its columns aligned by elastic tabstops: a column is as wide as its widest cell
 * among neighbouring lines, not in the whole text. As Go's {@code text/tabwriter} does it, with two
 * spaces between columns.
 */
public final class ElasticText {
  private static final int PADDING = 2;

  private final StringBuilder pending = new StringBuilder();
  private final StringBuilder done = new StringBuilder();

  /** Adds text; a tab ends a cell, a newline a line. */
  public ElasticText append(String text) {
    pending.append(text);
    return this;
  }

  /** What follows is not aligned with what came before. */
  public void flush() {
    var lines = new ArrayList<List<String>>();
    for (var line : pending.toString().split("\n", -1)) {
      lines.add(List.of(line.split("\t", -1)));
    }
    format(lines, 0, lines.size(), List.of());
    if (!done.isEmpty()) {
      // The text behind the last newline was taken for a line.
      done.setLength(done.length() - 1);
    }
    pending.setLength(0);
  }

  @Override
  public String toString() {
    flush();
    return done.toString();
  }

  /** Writes lines whose leading cells have these widths; finds the blocks of the next column. */
  private void format(List<List<String>> lines, int from, int to, List<Integer> widths) {
    int column = widths.size();
    int written = from;
    for (int line = from; line < to; line++) {
      if (!hasColumn(lines.get(line), column)) {
        continue;
      }
      write(lines, written, line, widths);
      int end = line;
      int width = 0;
      while (end < to && hasColumn(lines.get(end), column)) {
        width = Math.max(width, length(lines.get(end).get(column)) + PADDING);
        end++;
      }
      var wider = new ArrayList<>(widths);
      wider.add(width);
      format(lines, line, end, wider);
      written = end;
      line = end - 1;
    }
    write(lines, written, to, widths);
  }

  /** Whether a tab ends this line's cell: the last cell of a line belongs to no column. */
  private static boolean hasColumn(List<String> line, int column) {
    return column < line.size() - 1;
  }

  private void write(List<List<String>> lines, int from, int to, List<Integer> widths) {
    for (var line : lines.subList(from, to)) {
      for (int i = 0; i < line.size(); i++) {
        done.append(line.get(i));
        if (i < widths.size()) {
          done.repeat(' ', Math.max(0, widths.get(i) - length(line.get(i))));
        }
      }
      done.append('\n');
    }
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
