package io.jkube.scheduler.plugin;

import io.jkube.scheduler.framework.NodeInfo;
import io.jkube.scheduler.framework.NodeScore;
import io.jkube.scheduler.framework.NodeSnapshot;
import io.jkube.scheduler.framework.PodInfo;
import io.jkube.scheduler.framework.ScorePlugin;
import java.util.List;
import java.util.Optional;

/** A node whose cpu and memory would be used alike is better: neither is left over alone. */
public final class NodeResourcesBalancedAllocation implements ScorePlugin {
  @Override
  public String name() {
    return "NodeResourcesBalancedAllocation";
  }

  @Override
  public int weight() {
    return 1;
  }

  /** Pods that ask for neither unbalance nothing. */
  @Override
  public Optional<NodeScore> prepare(PodInfo pod, NodeSnapshot nodes, List<NodeInfo> fitting) {
    var asked = pod.requests();
    return asked.milliCpu() == 0 && asked.memoryBytes() == 0
        ? Optional.empty()
        : Optional.of(node -> balance(pod, node));
  }

  /** 100 less the standard deviation of the two used shares, in percent. */
  private static long balance(PodInfo pod, NodeInfo node) {
    var has = node.allocatable();
    if (has.milliCpu() == 0 || has.memoryBytes() == 0) {
      return MAX_SCORE;
    }
    var total = node.requested().plus(pod.requests());
    double deviation =
        Math.abs(
                share(total.milliCpu(), has.milliCpu())
                    - share(total.memoryBytes(), has.memoryBytes()))
            / 2;
    return (long) ((1 - deviation) * MAX_SCORE);
  }

  private static double share(long used, long capacity) {
    return Math.min(1, (double) used / capacity);
  }
}
