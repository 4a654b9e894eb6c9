package io.jkube.apiserver.fairness;

/**
 * How many seats a level's requests take or wait for, over a while. Guarded by its level's lock.
 */
final class Demand {
  /** What is left of a peak after an adjustment; half of it after five minutes, as upstream. */
  private static final double DECAY = 0.977;

  private int now;
  private int most;
  private double seatNanos;
  private double squareNanos;
  private long since;
  private long last;
  private Figures figures = new Figures(0, 0, 0, 0);

  /**
   * Of the while that ended last.
   *
   * @param most at any time
   * @param average over time
   * @param deviation the standard deviation over time
   * @param smoothed follows a rise of average and deviation at once, and a fall slowly
   */
  record Figures(int most, double average, double deviation, double smoothed) {}

  Demand(long nanos) {
    since = nanos;
    last = nanos;
  }

  void change(int seats, long nanos) {
    pass(nanos);
    now += seats;
    most = Math.max(most, now);
  }

  Figures figures() {
    return figures;
  }

  /** Ends a while, and begins the next. */
  Figures end(long nanos) {
    pass(nanos);
    double duration = last - since;
    if (duration > 0) {
      double average = seatNanos / duration;
      double deviation = Math.sqrt(Math.max(0, squareNanos / duration - average * average));
      double envelope = average + deviation;
      double fallen = DECAY * figures.smoothed() + (1 - DECAY) * envelope;
      figures = new Figures(most, average, deviation, Math.max(envelope, fallen));
    } else {
      figures = new Figures(most, figures.average(), figures.deviation(), figures.smoothed());
    }
    since = last;
    seatNanos = 0;
    squareNanos = 0;
    most = now;
    return figures;
  }

  /** Threads bring their times in any order. */
  private void pass(long nanos) {
    long passed = nanos - last;
    if (passed > 0) {
      seatNanos += (double) now * passed;
      squareNanos += (double) now * now * passed;
      last = nanos;
    }
  }
}
