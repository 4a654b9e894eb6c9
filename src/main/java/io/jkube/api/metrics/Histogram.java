package io.jkube.api.metrics;

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
    long count = 0;
    for (int i = 0; i < bounds.length; i++) {
      count += counts[i].sum();
      text.sample(name + "_bucket", labels + ",le=\"" + number(bounds[i]) + "\"", count);
    }
    count += counts[bounds.length].sum();
    text.sample(name + "_bucket", labels + ",le=\"+Inf\"", count);
    text.sample(name + "_sum", labels, sum.sum());
    text.sample(name + "_count", labels, count);
  }

  /** As Prometheus' own libraries write it: {@code 10}, not {@code 10.0}. */
  private static String number(double bound) {
    return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
  }
}
