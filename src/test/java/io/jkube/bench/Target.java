package io.jkube.bench;

import java.util.Locale;
import java.util.Optional;

/** What a figure has to reach. */
sealed interface Target {
  /** Whether it is met; empty when there is nothing to meet, or no peer to compare with. */
  Optional<Boolean> met(double value, Optional<Double> ratio);

  String text(Unit unit);

  /** Nothing: it is reported. */
  record Reported() implements Target {
    @Override
    public Optional<Boolean> met(double value, Optional<Double> ratio) {
      return Optional.empty();
    }

    @Override
    public String text(Unit unit) {
      return "";
    }
  }

  record AtMost(double limit) implements Target {
    @Override
    public Optional<Boolean> met(double value, Optional<Double> ratio) {
      return Optional.of(value <= limit);
    }

    @Override
    public String text(Unit unit) {
      return "<= " + unit.text(limit);
    }
  }

  record AtLeast(double limit) implements Target {
    @Override
    public Optional<Boolean> met(double value, Optional<Double> ratio) {
      return Optional.of(value >= limit);
    }

    @Override
    public String text(Unit unit) {
      return ">= " + unit.text(limit);
    }
  }

  /** At most so many times the peer. */
  record RatioAtMost(double limit) implements Target {
    @Override
    public Optional<Boolean> met(double value, Optional<Double> ratio) {
      return ratio.map(actual -> actual <= limit);
    }

    @Override
    public String text(Unit unit) {
      return String.format(Locale.ROOT, "<= %.2f x", limit);
    }
  }

  /** At least so many times the peer. */
  record RatioAtLeast(double limit) implements Target {
    @Override
    public Optional<Boolean> met(double value, Optional<Double> ratio) {
      return ratio.map(actual -> actual >= limit);
    }

    @Override
    public String text(Unit unit) {
      return String.format(Locale.ROOT, ">= %.2f x", limit);
    }
  }
}
