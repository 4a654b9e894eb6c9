package io.jkube.apiserver.fairness;

import java.time.Duration;
import java.util.Objects;

/**
 * What a request is held to cost.
 *
 * @param seats how many it takes, at least one
 * @param lingering how long it keeps them when it has been answered: for what goes on behind it
 */
record Work(int seats, Duration lingering) {
  static final Work ONE_SEAT = new Work(1, Duration.ZERO);

  Work {
    if (seats < 1) {
      throw new IllegalArgumentException("a request takes a seat at least, not " + seats);
    }
    Objects.requireNonNull(lingering, "lingering");
  }

  static Work of(int seats) {
    return seats == 1 ? ONE_SEAT : new Work(seats, Duration.ZERO);
  }
}
