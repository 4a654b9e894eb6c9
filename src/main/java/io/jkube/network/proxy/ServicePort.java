package io.jkube.network.proxy;

import io.jkube.api.ObjectKey;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;

/**
 * One port of one service and who answers there.
 *
 * @param name of the port; empty where it is the only one
 * @param addresses on which it is reached at {@code port}: cluster IP, external IPs
 * @param nodePort on which every node is reached; 0 for none
 * @param balanced whether the machine's own loopback address answers at {@code port}
 * @param affinitySeconds how long a client keeps its backend; 0 for no affinity
 * @param backends those to choose from, sorted; empty: refused
 * @param near what pods of a node choose from instead, by the node's name; empty: dropped
 */
public record ServicePort(
    ObjectKey service,
    String name,
    Protocol protocol,
    int port,
    List<String> addresses,
    int nodePort,
    boolean balanced,
    int affinitySeconds,
    List<Backend> backends,
    SortedMap<String, List<Backend>> near) {
  public ServicePort {
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(protocol, "protocol");
    addresses = List.copyOf(addresses);
    backends = List.copyOf(backends);
    near = Collections.unmodifiableSortedMap(near);
  }

  /** The same for the pods of all nodes. */
  public ServicePort(
      ObjectKey service,
      String name,
      Protocol protocol,
      int port,
      List<String> addresses,
      int nodePort,
      boolean balanced,
      int affinitySeconds,
      List<Backend> backends) {
    this(
        service,
        name,
        protocol,
        port,
        addresses,
        nodePort,
        balanced,
        affinitySeconds,
        backends,
        Collections.emptySortedMap());
  }

  /** Unique among all ports of all services: {@code team/web/tcp/http}. */
  public String id() {
    return service + "/" + protocol.lower() + "/" + (name.isEmpty() ? port : name);
  }
}
