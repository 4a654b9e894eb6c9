package io.jkube.scheduler.plugin;

import io.jkube.scheduler.framework.PodInfo;
import io.jkube.scheduler.framework.QueueSortPlugin;
import java.time.Instant;

/** The higher priority first; among equals who waits longer. */
public final class PrioritySort implements QueueSortPlugin {
  @Override
  public String name() {
    return "PrioritySort";
  }

  @Override
  public int compare(PodInfo first, Instant firstSince, PodInfo second, Instant secondSince) {
    int byPriority = Integer.compare(second.priority(), first.priority());
    return byPriority != 0 ? byPriority : firstSince.compareTo(secondSince);
  }
}
