package io.jkube.registry.cel.cost;

/** Sums and products that stay at the top once they are there. */
final class Bounded {
  static final long WITHOUT_END = Long.MAX_VALUE;

  private Bounded() {}

  static long plus(long one, long other) {
    long sum = one + other;
    return sum < 0 ? WITHOUT_END : sum;
  }

  static long times(long one, long other) {
    return one != 0 && other > WITHOUT_END / one ? WITHOUT_END : one * other;
  }

  /** Rounded up. */
  static long times(long one, double factor) {
    double product = Math.ceil(one * factor);
    return product >= WITHOUT_END ? WITHOUT_END : (long) product;
  }
}
