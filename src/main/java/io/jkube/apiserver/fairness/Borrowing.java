package io.jkube.apiserver.fairness;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Divides the server's seats between the levels by what they needed lately: what one has to lend
 * goes to those that need it, in proportion to their need (KEP-1040, "Seat Borrowing").
 */
final class Borrowing {
  /** So that a level that needs nothing still has a proportion. */
  private static final double LEAST_TARGET = 0.001;

  /** Halvings: far below a seat from any number of them. */
  private static final int STEPS = 60;

  private Borrowing() {}

  /** What a level gets: {@code lower <= seats <= upper}, in proportion to its target. */
  record Claim(int lower, int upper, double target) {
    Claim {
      if (lower < 0 || upper < lower) {
        throw new IllegalArgumentException("from " + lower + " to " + upper + " seats");
      }
      target = Math.max(target, LEAST_TARGET);
    }

    double at(double fraction) {
      return Math.max(lower, Math.min(upper, fraction * target));
    }
  }

  /**
   * Sets every level's limit.
   *
   * @return how many seats a level got for each that it needs; 0 when there are too few for that
   */
  static double settle(Collection<PriorityLevel> levels, long nanos) {
    int seats = 0;
    var limited = new ArrayList<PriorityLevel>();
    var claims = new ArrayList<Claim>();
    for (var level : levels) {
      var demand = level.endOfWhile(nanos);
      var limits = level.limits();
      seats += limits.nominal();
      if (level.shape().exempt()) { // takes what it takes: the others share what is left
        int taken = Math.max(limits.lower(), demand.most());
        level.limit(taken, taken);
        seats -= taken;
      } else {
        int needed = Math.max(limits.lower(), Math.min(limits.nominal(), demand.most()));
        limited.add(level);
        claims.add(new Claim(needed, limits.upper(), Math.max(needed, demand.smoothed())));
      }
    }
    return divide(seats, limited, claims);
  }

  private static double divide(int seats, List<PriorityLevel> levels, List<Claim> claims) {
    int lowest = levels.stream().mapToInt(level -> level.limits().lower()).sum();
    int needed = claims.stream().mapToInt(Claim::lower).sum();
    if (seats <= needed) {
      double part = needed <= lowest ? 0 : Math.max(0, seats - lowest) / (double) (needed - lowest);
      for (int i = 0; i < levels.size(); i++) {
        int lower = levels.get(i).limits().lower();
        var claim = claims.get(i);
        int limit = lower + (int) Math.round((claim.lower() - lower) * part);
        levels.get(i).limit(limit, claim.target());
      }
      return 0;
    }
    double fraction = fraction(seats, claims);
    for (int i = 0; i < levels.size(); i++) {
      var claim = claims.get(i);
      levels.get(i).limit((int) Math.round(claim.at(fraction)), claim.target());
    }
    return fraction;
  }

  /** With which the claims come to so many seats, or to all they may have. */
  static double fraction(int seats, List<Claim> claims) {
    double low = 0;
    double high = claims.stream().mapToDouble(each -> each.upper() / each.target()).max().orElse(0);
    for (int i = 0; i < STEPS; i++) {
      double middle = (low + high) / 2;
      if (claims.stream().mapToDouble(each -> each.at(middle)).sum() < seats) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}
