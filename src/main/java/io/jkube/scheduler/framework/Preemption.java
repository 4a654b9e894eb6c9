package io.jkube.scheduler.framework;

import java.util.List;

/** A node that a pod fits on once these pods have gone. */
public record Preemption(String node, List<PodInfo> victims) {
  public Preemption {
    victims = List.copyOf(victims);
  }
}
