package io.jkube.scheduler.plugin;

import io.jkube.api.placement.Taint;
import io.jkube.scheduler.framework.ClusterEvent;
import io.jkube.scheduler.framework.LocalFilterPlugin;
import io.jkube.scheduler.framework.NodeInfo;
import io.jkube.scheduler.framework.PodInfo;
import io.jkube.scheduler.framework.Verdict;
import java.util.Set;

/** A cordoned node takes only pods that tolerate it. */
public final class NodeUnschedulable implements LocalFilterPlugin {
  private static final Taint CORDONED =
      new Taint("node.kubernetes.io/unschedulable", "", Taint.NO_SCHEDULE);

  @Override
  public String name() {
    return "NodeUnschedulable";
  }

  @Override
  public Set<ClusterEvent> retryOn() {
    return Set.of(
        ClusterEvent.NODE_ADDED, ClusterEvent.NODE_TAINTS_CHANGED, ClusterEvent.POD_CHANGED);
  }

  @Override
  public Verdict filter(PodInfo pod, NodeInfo node) {
    return !node.unschedulable() || pod.tolerates(CORDONED)
        ? Verdict.FITS
        : Verdict.unresolvable("node(s) were unschedulable");
  }
}
