package io.jkube.scheduler.framework;

import java.time.Instant;

/** Orders the pods that wait to be scheduled. */
public interface QueueSortPlugin extends Plugin {
  /**
   * Negative when the first is to be scheduled before the second.
   *
   * @param firstSince since when the first pod is in the queue
   */
  int compare(PodInfo first, Instant firstSince, PodInfo second, Instant secondSince);
}
