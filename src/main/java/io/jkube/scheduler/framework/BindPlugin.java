package io.jkube.scheduler.framework;

/** Tells the API server where a pod goes. */
public interface BindPlugin extends Plugin {
  /**
   * Blocks until the server has answered.
   *
   * @throws io.jkube.api.ApiException when it refused
   */
  void bind(PodInfo pod, String nodeName);
}
