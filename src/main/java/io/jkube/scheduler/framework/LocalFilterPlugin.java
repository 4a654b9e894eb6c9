package io.jkube.scheduler.framework;

/** A filter that looks at one node at a time and needs to know of no other. */
public interface LocalFilterPlugin extends FilterPlugin {
  Verdict filter(PodInfo pod, NodeInfo node);

  @Override
  default NodeFilter prepare(PodInfo pod, NodeSnapshot nodes) {
    return node -> filter(pod, node);
  }
}
