package io.jkube.registry.core;

import static io.jkube.registry.Tree.text;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.ServiceAddress;
import io.jkube.registry.StoredObjects;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import io.jkube.registry.validation.Addresses;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Gives services their cluster IP: one of a ServiceCIDR that neither a service nor an IPAddress
 * has.
 */
final class ClusterIpAllocation {
  private static final String NONE = "None";

  private final Reservations<String> addresses;

  ClusterIpAllocation(InstantSource clock) {
    addresses = new Reservations<>(clock);
  }

  /** A request begins. */
  void begin() {
    addresses.begin();
  }

  /** The service has an address afterwards, or a violation says why not. */
  void allocate(
      ObjectNode service,
      ObjectNode spec,
      ObjectNode current,
      StoredObjects others,
      Violations violations) {
    var asked = text(spec, "/clusterIP");
    if (asked.isEmpty() && Tree.has(spec, "/clusterIPs/0")) {
      asked = text(spec, "/clusterIPs/0");
    }
    boolean kept =
        current != null && !asked.isEmpty() && asked.equals(text(current, "/spec/clusterIP"));
    var given =
        asked.equals(NONE) || kept ? asked : allocate(asked, Json.key(service), others, violations);
    if (given.isEmpty()) {
      return;
    }
    spec.put("clusterIP", given);
    if (texts(spec, "/clusterIPs").isEmpty()) {
      spec.putArray("clusterIPs").add(given);
    }
  }

  /** Empty where a violation says why there is none. */
  private String allocate(
      String asked, ObjectKey service, StoredObjects others, Violations violations) {
    var ranges = ServiceRange.of(others);
    var refusal = asked.isEmpty() ? "" : outside(asked, ranges);
    if (refusal.isEmpty()) {
      var candidates =
          asked.isEmpty() ? ranges.stream().flatMap(ServiceRange::candidates) : Stream.of(asked);
      var given =
          addresses.first(
              candidates.filter(address -> !isClaimed(address, service, others)),
              () -> taken(service, others));
      if (given.isPresent()) {
        return given.get();
      }
      refusal =
          asked.isEmpty()
              ? "failed to allocate an IP: range is full"
              : "failed to allocate IP " + asked + ": provided IP is already allocated";
    }
    violations.invalid("spec.clusterIPs", Json.array().add(asked), refusal);
    return "";
  }

  /** Upstream's words where the address is in no range; what is no address is refused elsewhere. */
  private static String outside(String asked, List<ServiceRange> ranges) {
    if (!Addresses.isAddress(asked) || ranges.stream().anyMatch(range -> range.has(asked))) {
      return "";
    }
    return "failed to allocate IP "
        + asked
        + ": the provided IP ("
        + asked
        + ") is not in the valid range. The range of valid IPs is "
        + ranges.stream().map(ServiceRange::cidr).collect(Collectors.joining(", "));
  }

  /** Whether an IPAddress says that somebody else has it. */
  private static boolean isClaimed(String address, ObjectKey service, StoredObjects others) {
    return others
        .get(Resources.IP_ADDRESSES, ObjectKey.cluster(address))
        .filter(claim -> !ServiceAddress.service(claim).equals(Optional.of(service)))
        .isPresent();
  }

  private static Set<String> taken(ObjectKey service, StoredObjects others) {
    var taken = new HashSet<String>();
    for (var other : others.list(Resources.SERVICES)) {
      if (!Json.key(other).equals(service)) {
        taken.addAll(texts(other, "/spec/clusterIPs"));
      }
    }
    return taken;
  }
}
