package io.jkube.cli.portforward;

/**
 * A port here and the one of the pod it leads to.
 *
 * @param local 0 for one that is free
 */
record PortPair(int local, int remote) {
  PortPair {
    if (local < 0 || local > 65_535 || remote < 1 || remote > 65_535) {
      throw new IllegalArgumentException("not a pair of ports: " + local + ":" + remote);
    }
  }
}
