package io.jkube.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The words somebody may have meant who typed another. */
final class NearWord {
  private static final int MAX_EDITS = 2;

  private NearWord() {}

  /** Those at most two edits away, or that begin with what was typed; the nearest first. */
  static List<String> of(String typed, Collection<String> known) {
    return known.stream()
        .filter(word -> word.startsWith(typed) || edits(typed, word) <= allowed(typed))
        .sorted(
            Comparator.comparingInt((String word) -> edits(typed, word))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private static int allowed(String typed) {
    return Math.min(MAX_EDITS, typed.replace("-", "").length() / 2);
  }

  /** Edit distance in which two swapped neighbours are one edit. */
  private static int edits(String from, String to) {
    var distance = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          distance[i][j] = i + j;
          continue;
        }
        int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        distance[i][j] =
            Math.min(
                distance[i - 1][j - 1] + change,
                1 + Math.min(distance[i - 1][j], distance[i][j - 1]));
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          distance[i][j] = Math.min(distance[i][j], 1 + distance[i - 2][j - 2]);
        }
      }
    }
    return distance[from.length()][to.length()];
  }
}
