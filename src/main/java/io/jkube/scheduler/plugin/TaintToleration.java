package io.jkube.scheduler.plugin;

import io.jkube.api.placement.Taint;
import io.jkube.scheduler.framework.ClusterEvent;
import io.jkube.scheduler.framework.LocalFilterPlugin;
import io.jkube.scheduler.framework.NodeInfo;
import io.jkube.scheduler.framework.NodeScore;
import io.jkube.scheduler.framework.NodeSnapshot;
import io.jkube.scheduler.framework.PodInfo;
import io.jkube.scheduler.framework.ScorePlugin;
import io.jkube.scheduler.framework.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeps pods off nodes whose taints they do not tolerate; prefers nodes with fewer of the soft. */
public final class TaintToleration implements LocalFilterPlugin, ScorePlugin {
  private static final int WEIGHT = 3;

  @Override
  public String name() {
    return "TaintToleration";
  }

  @Override
  public Set<ClusterEvent> retryOn() {
    return Set.of(
        ClusterEvent.NODE_ADDED, ClusterEvent.NODE_TAINTS_CHANGED, ClusterEvent.POD_CHANGED);
  }

  @Override
  public Verdict filter(PodInfo pod, NodeInfo node) {
    for (var taint : node.taints()) {
      if (taint.forbidsScheduling() && !pod.tolerates(taint)) {
        return Verdict.unresolvable("node(s) had untolerated taint(s)");
      }
    }
    return Verdict.FITS;
  }

  @Override
  public int weight() {
    return WEIGHT;
  }

  @Override
  public Optional<NodeScore> prepare(PodInfo pod, NodeSnapshot nodes, List<NodeInfo> fitting) {
    return Optional.of(node -> softTaints(pod, node));
  }

  @Override
  public void normalize(long[] scores) {
    ScorePlugin.inverseProportional(scores);
  }

  /** How many of them the pod does not tolerate. */
  private static long softTaints(PodInfo pod, NodeInfo node) {
    return node.taints().stream()
        .filter(Taint::discouragesScheduling)
        .filter(taint -> !pod.tolerates(taint))
        .count();
  }
}
