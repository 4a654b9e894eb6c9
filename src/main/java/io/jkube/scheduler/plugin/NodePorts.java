package io.jkube.scheduler.plugin;

import io.jkube.scheduler.framework.ClusterEvent;
import io.jkube.scheduler.framework.LocalFilterPlugin;
import io.jkube.scheduler.framework.NodeInfo;
import io.jkube.scheduler.framework.PodInfo;
import io.jkube.scheduler.framework.Verdict;
import java.util.Set;

/** A port of the node is only for one pod at a time. */
public final class NodePorts implements LocalFilterPlugin {
  @Override
  public String name() {
    return "NodePorts";
  }

  @Override
  public Set<ClusterEvent> retryOn() {
    return Set.of(ClusterEvent.NODE_ADDED, ClusterEvent.ASSIGNED_POD_GONE);
  }

  @Override
  public boolean concerns(PodInfo pod) {
    return pod.hasHostPorts();
  }

  @Override
  public Verdict filter(PodInfo pod, NodeInfo node) {
    return node.pods().stream().noneMatch(pod::portsConflictWith)
        ? Verdict.FITS
        : Verdict.unschedulable("node(s) didn't have free ports for the requested pod ports");
  }
}
