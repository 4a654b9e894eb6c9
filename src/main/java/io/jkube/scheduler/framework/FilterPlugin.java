package io.jkube.scheduler.framework;

/** Says on which nodes a pod can be. */
public interface FilterPlugin extends Plugin {
  /**
   * Looks once at all nodes as they are, then answers for each of them.
   *
   * @return {@link NodeFilter#NOTHING_AGAINST} when the pod asks nothing of this plugin
   */
  NodeFilter prepare(PodInfo pod, NodeSnapshot nodes);
}
