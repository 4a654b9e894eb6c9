package io.jkube.cluster;

/** Addresses of Services that the cluster itself gives out: 10.96.0.0/16. */
final class ServiceNetwork {
  static final String RANGE = "10.96.0.0/16";

  /** The Service {@code kubernetes}: the first address, as upstream has it. */
  static final String API_SERVER = "10.96.0.1";

  /** The Service {@code kube-dns}: the tenth, as kubeadm has it. */
  static final String DNS = "10.96.0.10";

  static final String CLUSTER_DOMAIN = "cluster.local";

  private ServiceNetwork() {}
}
