package io.jkube.api.metrics;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** How many values were how large. Thread-safe. */
public final class Histogram {
  private final double[] bounds;

  /** Of each bound the values up to it and beyond the one before; at last those beyond all. */
  private final LongAdder[] counts;

  private final DoubleAdder sum = new DoubleAdder();

  /**
   * @param bounds ascending
   */
  public Histogram(double... bounds) {
    this.bounds = bounds.clone();
    this.counts = new LongAdder[bounds.length + 1];
    Arrays.setAll(counts, any -> new LongAdder());
  }

  /** Bounds that double, as many of upstream's do. */
  public static double[] doubling(double first, int count) {
    var bounds = new double[count];
    for (int i = 0; i < count; i++) {
      bounds[i] = first * (1L << i);
    }
    return bounds;
  }

  public void observe(double value) {
    int bucket = 0;
    while (bucket < bounds.length && value > bounds[bucket]) {
      bucket++;
    }
    counts[bucket].increment();
    sum.add(value);
  }

  /** Nothing, as long as nothing was observed. */
  public void writeTo(TextFormat text, String name, String labels) {
    long total = Arrays.stream(counts).mapToLong(LongAdder::sum).sum();
    if (total == 0) {
      return;
    }
    var before = labels.isEmpty() ? "" : labels + ",";
    long count = 0;
    for (int i = 0; i < bounds.length; i++) {
      count += counts[i].sum();
      text.sample(name + "_bucket", before + "le=\"" + number(bounds[i]) + "\"", count);
    }
    count += counts[bounds.length].sum();
    text.sample(name + "_bucket", before + "le=\"+Inf\"", count);
    text.sample(name + "_sum", labels, sum.sum());
    text.sample(name + "_count", labels, count);
  }

  /** As Prometheus' own libraries write it: {@code 10}, {@code 0.0005}, {@code 1e-05}. */
  static String number(double bound) {
    if (bound == Math.rint(bound)) {
      return Long.toString((long) bound);
    }
    var shortest = new BigDecimal(Double.toString(bound)).stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -4) {
      return shortest.toPlainString();
    }
    var digits = shortest.scaleByPowerOfTen(-exponent).stripTrailingZeros().toPlainString();
    return "%se-%02d".formatted(digits, -exponent);
  }
}
