package io.jkube.scheduler.framework;

import java.util.Set;

/** One rule of scheduling. Stateless and thread-safe. */
public interface Plugin {
  /** As Kubernetes names it, such as {@code NodeResourcesFit}. */
  String name();

  /** The events after which a pod that this plugin rejected is worth another try. */
  default Set<ClusterEvent> retryOn() {
    return Set.of();
  }
}
