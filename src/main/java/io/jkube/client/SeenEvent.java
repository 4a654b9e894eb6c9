package io.jkube.client;

import io.jkube.api.ObjectReference;
import java.time.Instant;

/**
 * What a component saw happen.
 *
 * @param type Normal or Warning
 */
record SeenEvent(ObjectReference about, String type, String reason, String message, Instant time) {
  /** An event of nothing: a mark in a queue. */
  static SeenEvent none() {
    return new SeenEvent(
        new ObjectReference("", "", "", "", "", "", ""), "", "", "", Instant.EPOCH);
  }

  SeenEvent withMessage(String other) {
    return new SeenEvent(about, type, reason, other, time);
  }
}
