package io.jkube.cluster;

/** Addresses of Services that the cluster itself gives out: 10.96.0.0/16. */
final class ServiceNetwork {
  /** The Service {@code kubernetes}: the first address, as upstream has it. */
  static final String API_SERVER = "10.96.0.1";

  private ServiceNetwork() {}
}
