package io.jkube.network.policy;

import io.jkube.network.proxy.Protocol;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What one rule of a policy allows: traffic with one of the peers that is to one of the ports.
 *
 * @param peers empty: whoever it is
 * @param ports empty: whatever port and protocol
 */
public record PolicyRule(Optional<Peers> peers, Optional<Ports> ports) {
  /**
   * @param selects whether pods are selected, be it that none matches now
   * @param pods the addresses of those that match
   * @param blocks addresses, as numbers
   */
  public record Peers(boolean selects, SortedSet<String> pods, Ranges blocks) {
    public Peers {
      Objects.requireNonNull(pods, "pods");
      Objects.requireNonNull(blocks, "blocks");
    }
  }

  /**
   * @param numbers by protocol; {@link Ranges#NONE}: all ports of the protocol
   * @param names whether some are given by name, be it that no pod has it now
   * @param named where those are
   */
  public record Ports(Map<Protocol, Ranges> numbers, boolean names, SortedSet<NamedTarget> named) {
    public Ports {
      numbers = Map.copyOf(numbers);
      Objects.requireNonNull(named, "named");
    }
  }

  /** Where a port is that was given by its name. */
  public record NamedTarget(String address, Protocol protocol, int port)
      implements Comparable<NamedTarget> {
    @Override
    public int compareTo(NamedTarget other) {
      return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
      return address + " . " + protocol.lower() + " . " + port;
    }
  }

  public PolicyRule {
    Objects.requireNonNull(peers, "peers");
    Objects.requireNonNull(ports, "ports");
  }
}
