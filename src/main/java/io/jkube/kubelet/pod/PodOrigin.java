package io.jkube.kubelet.pod;

/** Who told the node to run a pod. */
public enum PodOrigin {
  /** The API server, which also learns how the pod fares and forgets it when it has ended. */
  API,
  /** A file of the node: the API server has at most a mirror of the pod, which others see to. */
  FILE
}
