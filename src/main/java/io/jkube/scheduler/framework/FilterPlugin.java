package io.jkube.scheduler.framework;

/** Says whether a pod can be on a node. */
public interface FilterPlugin extends Plugin {
  Verdict filter(PodInfo pod, NodeInfo node);
}
