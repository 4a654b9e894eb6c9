package io.jkube.controller.runtime;

import java.time.Duration;

/** When a reconciler wants to see a name again without anything having changed. */
public sealed interface Result {
  /** When something changes. */
  record Done() implements Result {}

  /** After a while at the latest. */
  record After(Duration delay) implements Result {
    public After {
      if (delay.isNegative()) {
        throw new IllegalArgumentException("delay must not be negative: " + delay);
      }
    }
  }

  static Result done() {
    return new Done();
  }

  static Result after(Duration delay) {
    return new After(delay);
  }
}
