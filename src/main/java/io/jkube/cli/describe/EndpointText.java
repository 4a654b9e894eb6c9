package io.jkube.cli.describe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The first addresses that answer for a port of a service, and how many more there are. */
final class EndpointText {
  private static final int SHOWN = 3;

  private EndpointText() {}

  static String of(List<JsonNode> slices, String portName) {
    if (slices.isEmpty()) {
      return "<none>";
    }
    var addresses = new ArrayList<String>();
    for (var slice : slices) {
      if (slice.path("ports").isEmpty()) {
        ready(slice).forEach(addresses::add);
      }
      for (var port : slice.path("ports")) {
        if (port.path("name").asText().equals(portName)) {
          ready(slice)
              .forEach(address -> addresses.add(hostPort(address, port.path("port").asInt())));
        }
      }
    }
    var first = String.join(",", addresses.subList(0, Math.min(SHOWN, addresses.size())));
    return addresses.size() > SHOWN
        ? first + " + " + (addresses.size() - SHOWN) + " more..."
        : first;
  }

  /** Readiness that is not stated counts as ready. */
  private static List<String> ready(JsonNode slice) {
    return slice
        .path("endpoints")
        .valueStream()
        .filter(endpoint -> endpoint.path("conditions").path("ready").asBoolean(true))
        .map(endpoint -> endpoint.path("addresses").path(0).asText())
        .toList();
  }

  private static String hostPort(String address, int port) {
    return address.contains(":") ? "[" + address + "]:" + port : address + ":" + port;
  }
}
