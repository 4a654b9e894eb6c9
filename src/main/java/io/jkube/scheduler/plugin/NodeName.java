package io.jkube.scheduler.plugin;

import io.jkube.scheduler.framework.ClusterEvent;
import io.jkube.scheduler.framework.LocalFilterPlugin;
import io.jkube.scheduler.framework.NodeInfo;
import io.jkube.scheduler.framework.PodInfo;
import io.jkube.scheduler.framework.Verdict;
import java.util.Set;

/** A pod that names its node goes nowhere else. */
public final class NodeName implements LocalFilterPlugin {
  @Override
  public String name() {
    return "NodeName";
  }

  @Override
  public Set<ClusterEvent> retryOn() {
    return Set.of(ClusterEvent.NODE_ADDED);
  }

  @Override
  public boolean concerns(PodInfo pod) {
    return !pod.nodeName().isEmpty();
  }

  @Override
  public Verdict filter(PodInfo pod, NodeInfo node) {
    return pod.nodeName().equals(node.name())
        ? Verdict.FITS
        : Verdict.unresolvable("node(s) didn't match the requested node name");
  }
}
