package io.jkube.network.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Whole numbers (addresses, ports) as ranges: sorted, apart from each other. */
public record Ranges(List<Range> list) {
  public static final Ranges NONE = new Ranges(List.of());

  /** From {@code first} to {@code last}, both included. */
  public record Range(long first, long last) {
    public Range {
      if (first < 0 || last < first) {
        throw new IllegalArgumentException("no range: " + first + " to " + last);
      }
    }
  }

  public Ranges {
    list = List.copyOf(list);
  }

  public static Ranges of(long first, long last) {
    return new Ranges(List.of(new Range(first, last)));
  }

  public boolean isEmpty() {
    return list.isEmpty();
  }

  public Ranges and(Ranges others) {
    var all = new ArrayList<>(list);
    all.addAll(others.list);
    all.sort(Comparator.comparingLong(Range::first));
    var merged = new ArrayList<Range>();
    for (var next : all) {
      if (!merged.isEmpty() && next.first() <= merged.getLast().last() + 1) {
        var before = merged.removeLast();
        merged.add(new Range(before.first(), Math.max(before.last(), next.last())));
      } else {
        merged.add(next);
      }
    }
    return new Ranges(merged);
  }

  public Ranges without(Ranges others) {
    var left = list;
    for (var hole : others.list) {
      var pieces = new ArrayList<Range>();
      left.forEach(range -> cut(range, hole, pieces));
      left = pieces;
    }
    return new Ranges(left);
  }

  private static void cut(Range range, Range hole, List<Range> pieces) {
    if (hole.last() < range.first() || hole.first() > range.last()) {
      pieces.add(range);
      return;
    }
    if (range.first() < hole.first()) {
      pieces.add(new Range(range.first(), hole.first() - 1));
    }
    if (hole.last() < range.last()) {
      pieces.add(new Range(hole.last() + 1, range.last()));
    }
  }
}
