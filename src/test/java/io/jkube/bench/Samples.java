package io.jkube.bench;

import java.util.ArrayList;
import java.util.List;

/** Repeated measurements of one thing, in its unit. */
final class Samples {
  private static final double MILLION = 1e6;

  private final List<Double> values = new ArrayList<>();

  void add(double value) {
    values.add(value);
  }

  void addNanos(long nanos) {
    values.add(nanos / MILLION);
  }

  void addAll(Samples others) {
    values.addAll(others.values);
  }

  double median() {
    return percentile(50);
  }

  /** The smallest value that {@code percent} of all do not exceed. */
  double percentile(int percent) {
    if (values.isEmpty()) {
      throw new IllegalStateException("nothing was measured");
    }
    var sorted = values.stream().sorted().toList();
    int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
    return sorted.get(Math.clamp(rank - 1, 0, sorted.size() - 1));
  }

  int count() {
    return values.size();
  }
}
