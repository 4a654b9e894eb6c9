package io.jkube.kubelet.stats;

import io.jkube.kubelet.runtime.ContainerRuntime.PodRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a node uses.
 *
 * @param window over which the use of processors was measured
 */
record Reading(Instant time, Duration window, Use node, List<PodUse> pods) {
  /**
   * @param cpuNanoCores billionths of a processor, over the window
   * @param cpuNanos processor time since it began
   */
  record Use(Instant time, long cpuNanoCores, long cpuNanos, long memoryBytes) {
    Use plus(Use other) {
      return new Use(
          time,
          cpuNanoCores + other.cpuNanoCores,
          cpuNanos + other.cpuNanos,
          memoryBytes + other.memoryBytes);
    }
  }

  record ContainerUse(String name, Instant begin, Use use) {}

  record PodUse(PodRef pod, List<ContainerUse> containers) {
    Use use(Instant time) {
      return containers.stream().map(ContainerUse::use).reduce(new Use(time, 0, 0, 0), Use::plus);
    }
  }
}
