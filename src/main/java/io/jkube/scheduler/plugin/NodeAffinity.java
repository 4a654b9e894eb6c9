package io.jkube.scheduler.plugin;

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

/** {@code nodeSelector} and node affinity: what must match, and what had better. */
public final class NodeAffinity implements LocalFilterPlugin, ScorePlugin {
  private static final int WEIGHT = 2;

  @Override
  public String name() {
    return "NodeAffinity";
  }

  @Override
  public Set<ClusterEvent> retryOn() {
    return Set.of(
        ClusterEvent.NODE_ADDED, ClusterEvent.NODE_LABELS_CHANGED, ClusterEvent.POD_CHANGED);
  }

  @Override
  public boolean concerns(PodInfo pod) {
    return pod.isChoosy();
  }

  @Override
  public Verdict filter(PodInfo pod, NodeInfo node) {
    return pod.mayRunOn(node)
        ? Verdict.FITS
        : Verdict.unresolvable("node(s) didn't match Pod's node affinity/selector");
  }

  @Override
  public int weight() {
    return WEIGHT;
  }

  @Override
  public Optional<NodeScore> prepare(PodInfo pod, NodeSnapshot nodes, List<NodeInfo> fitting) {
    return pod.hasPreferences() ? Optional.of(pod::preferenceFor) : Optional.empty();
  }

  @Override
  public void normalize(long[] scores) {
    ScorePlugin.proportional(scores);
  }
}
