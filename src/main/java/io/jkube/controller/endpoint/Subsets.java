package io.jkube.controller.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Addresses of Endpoints, packed as upstream's {@code RepackSubsets}: ports that exactly the same
 * addresses have share a subset.
 */
final class Subsets {
  private record Address(ObjectNode node, boolean ready) {}

  /** Stands for all ports of a headless service that names none. */
  private static final ObjectNode NO_PORT = Json.object();

  private final Map<ObjectNode, Set<Address>> byPort = new LinkedHashMap<>();

  /** Notes one address with all its ports. */
  void add(ObjectNode address, boolean ready, List<ObjectNode> ports) {
    for (var port : ports.isEmpty() ? List.of(NO_PORT) : ports) {
      byPort.computeIfAbsent(port, p -> new LinkedHashSet<>()).add(new Address(address, ready));
    }
  }

  ArrayNode packed() {
    var byAddresses = new LinkedHashMap<Set<Address>, List<ObjectNode>>();
    byPort.forEach(
        (port, addresses) ->
            byAddresses.computeIfAbsent(addresses, a -> new ArrayList<>()).add(port));
    var subsets = Json.array();
    byAddresses.forEach((addresses, ports) -> subsets.add(subset(addresses, ports)));
    return subsets;
  }

  private static ObjectNode subset(Set<Address> addresses, List<ObjectNode> ports) {
    var subset = Json.object();
    put(subset, "addresses", addresses.stream().filter(Address::ready).toList());
    put(subset, "notReadyAddresses", addresses.stream().filter(each -> !each.ready).toList());
    if (!ports.contains(NO_PORT)) {
      subset.putArray("ports").addAll(ports);
    }
    return subset;
  }

  private static void put(ObjectNode subset, String field, List<Address> addresses) {
    if (!addresses.isEmpty()) {
      var list = subset.putArray(field);
      addresses.stream()
          .map(Address::node)
          .sorted(Comparator.comparing(Subsets::ip))
          .forEach(list::add);
    }
  }

  /** Addresses in the order of their numbers, whatever the number of digits. */
  private static String ip(JsonNode address) {
    var sortable = new StringBuilder();
    for (var part : address.path("ip").asText().split("\\.")) {
      sortable.append("0".repeat(Math.max(0, 3 - part.length()))).append(part);
    }
    return sortable.toString();
  }
}
