package io.jkube.scheduler.framework;

/** Prepares what a pod needs on its node before it is bound to it. */
public interface PreBindPlugin extends Plugin {
  /**
   * Blocks until it is there, on a thread of its own; the pod counts as being on the node already.
   *
   * @throws io.jkube.api.ApiException when it cannot be had: the pod is scheduled anew
   */
  void preBind(PodInfo pod, NodeInfo node) throws InterruptedException;
}
