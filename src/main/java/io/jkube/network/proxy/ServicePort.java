package io.jkube.network.proxy;

import io.jkube.api.ObjectKey;
import java.util.List;
import java.util.Objects;

/**
 * One port of one service and who answers there.
 *
 * @param name of the port; empty where it is the only one
 * @param addresses on which it is reached at {@code port}: cluster IP, external IPs
 * @param nodePort on which every node is reached; 0 for none
 * @param balanced whether the machine's own loopback address answers at {@code port}
 * @param affinitySeconds how long a client keeps its backend; 0 for no affinity
 * @param backends those to choose from, sorted; empty: refused
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
    List<Backend> backends) {
  public ServicePort {
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(protocol, "protocol");
    addresses = List.copyOf(addresses);
    backends = List.copyOf(backends);
  }

  /** Unique among all ports of all services: {@code team/web/tcp/http}. */
  public String id() {
    return service + "/" + protocol.lower() + "/" + (name.isEmpty() ? port : name);
  }
}
