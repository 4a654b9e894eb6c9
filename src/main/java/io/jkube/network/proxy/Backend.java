package io.jkube.network.proxy;

import java.util.Objects;

/** One address and port that answers for a service. */
public record Backend(String address, int port) implements Comparable<Backend> {
  public Backend {
    Objects.requireNonNull(address, "address");
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port of " + address + " must be a port, not " + port);
    }
  }

  @Override
  public int compareTo(Backend other) {
    int byAddress = address.compareTo(other.address);
    return byAddress != 0 ? byAddress : Integer.compare(port, other.port);
  }

  @Override
  public String toString() {
    return address + ":" + port;
  }
}
