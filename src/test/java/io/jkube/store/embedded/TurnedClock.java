package io.jkube.store.embedded;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Stands still until a test turns it. */
final class TurnedClock implements InstantSource {
  private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

  void turn(Duration by) {
    now = now.plus(by);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
