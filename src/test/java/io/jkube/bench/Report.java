package io.jkube.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The findings as a table for people. */
final class Report {
  private static final List<String> HEAD =
      List.of("FIGURE", "JKUBE", "PEER", "", "RATIO", "TARGET", "", "NOTE");

  private Report() {}

  static String text(Machine machine, List<Finding> findings) {
    var rows = new ArrayList<List<String>>();
    rows.add(HEAD);
    var leftOut = new StringBuilder();
    for (var finding : findings) {
      switch (finding) {
        case Finding.Measured measured -> rows.add(row(measured));
        case Finding.LeftOut left ->
            leftOut
                .append(left.failed() ? "failed: " : "left out: ")
                .append(left.what())
                .append(": ")
                .append(left.why())
                .append('\n');
      }
    }
    return (rows.size() > 1 ? aligned(rows) : "") + leftOut + machine.text() + "\n";
  }

  private static List<String> row(Finding.Measured found) {
    return List.of(
        found.what(),
        found.unit().text(found.value()),
        found.peer().map(peer -> found.unit().text(peer.value())).orElse(""),
        found.peer().map(Finding.Peer::name).orElse(""),
        found.ratio().map(ratio -> String.format(Locale.ROOT, "%.2f", ratio)).orElse(""),
        found.target().text(found.unit()),
        found.met().map(met -> met ? "met" : "MISSED").orElse(""),
        found.note());
  }

  private static String aligned(List<List<String>> rows) {
    var widths =
        IntStream.range(0, HEAD.size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    return rows.stream()
        .map(
            row ->
                IntStream.range(0, row.size())
                    .mapToObj(i -> row.get(i) + " ".repeat(widths[i] - row.get(i).length()))
                    .collect(Collectors.joining("  "))
                    .stripTrailing())
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
