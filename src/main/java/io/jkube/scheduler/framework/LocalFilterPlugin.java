package io.jkube.scheduler.framework;

/** A filter that looks at one node at a time and needs to know of no other. */
public interface LocalFilterPlugin extends FilterPlugin {
  Verdict filter(PodInfo pod, NodeInfo node);

  /** Whether the pod asks anything of this plugin. */
  default boolean concerns(PodInfo pod) {
    return true;
  }

  @Override
  default NodeFilter prepare(PodInfo pod, NodeSnapshot nodes) {
    return concerns(pod) ? node -> filter(pod, node) : NodeFilter.NOTHING_AGAINST;
  }
}
