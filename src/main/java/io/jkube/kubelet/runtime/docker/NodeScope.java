package io.jkube.kubelet.runtime.docker;

/** Whose containers a runtime sees: those of one node of one cluster. */
record NodeScope(String cluster, String node) {
  String clusterLabel() {
    return Labels.CLUSTER + "=" + cluster;
  }

  String nodeLabel() {
    return Labels.NODE + "=" + node;
  }
}
