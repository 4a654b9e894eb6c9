package io.jkube.controller.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The endpoints that a service's pods are, as EndpointSlices write them, by the ports they have in
 * common.
 *
 * @param zoneOf the zone of a node of that name; empty where it has none
 */
record PodEndpoints(ObjectNode service, UnaryOperator<String> zoneOf) {
  Map<ArrayNode, List<ObjectNode>> of(List<BackendPod> pods, AddressFamily family) {
    var byPorts = new LinkedHashMap<ArrayNode, List<ObjectNode>>();
    for (var pod : pods) {
      var addresses = pod.addresses(family);
      if (!pod.hasEnded() && !addresses.isEmpty()) {
        var ports = ports(pod);
        if (!ports.isEmpty() || hasNoPorts()) {
          byPorts
              .computeIfAbsent(ports, p -> new java.util.ArrayList<>())
              .add(endpoint(pod, addresses));
        }
      }
    }
    return byPorts;
  }

  /** Only a headless service may have none: then its names lead to pods, whatever the port. */
  private boolean hasNoPorts() {
    return ServiceLabels.isHeadless(service) && service.at("/spec/ports").isEmpty();
  }

  private ArrayNode ports(BackendPod pod) {
    var ports = Json.array();
    for (var port : service.at("/spec/ports")) {
      pod.targetPort(port).ifPresent(number -> ports.add(port(port, number)));
    }
    return ports;
  }

  private static ObjectNode port(JsonNode port, int number) {
    var written =
        Json.object()
            .put("name", port.path("name").asText())
            .put("protocol", port.path("protocol").asText("TCP"))
            .put("port", number);
    if (port.has("appProtocol")) {
      written.set("appProtocol", port.get("appProtocol"));
    }
    return written;
  }

  private ObjectNode endpoint(BackendPod pod, List<String> addresses) {
    boolean serving = pod.isReady();
    boolean terminating = pod.isTerminating();
    boolean anyway = service.at("/spec/publishNotReadyAddresses").asBoolean();
    var endpoint = Json.object();
    addresses.forEach(endpoint.putArray("addresses")::add);
    endpoint
        .putObject("conditions")
        .put("ready", anyway || (serving && !terminating))
        .put("serving", serving)
        .put("terminating", terminating);
    endpoint.set("targetRef", pod.reference());
    pod.hostnameIn(service).ifPresent(name -> endpoint.put("hostname", name));
    if (!pod.nodeName().isEmpty()) {
      endpoint.put("nodeName", pod.nodeName());
      place(endpoint, pod.nodeName());
    }
    return endpoint;
  }

  /** Zone, and whom the endpoint is meant for where the service asks for short ways. */
  private void place(ObjectNode endpoint, String node) {
    var zone = zoneOf.apply(node);
    if (!zone.isEmpty()) {
      endpoint.put("zone", zone);
    }
    var wish = service.at("/spec/trafficDistribution").asText();
    boolean sameNode = wish.equals("PreferSameNode");
    boolean sameZone = sameNode || wish.equals("PreferClose") || wish.equals("PreferSameZone");
    if (sameZone && !zone.isEmpty()) {
      endpoint.withObject("/hints").putArray("forZones").addObject().put("name", zone);
    }
    if (sameNode) {
      endpoint.withObject("/hints").putArray("forNodes").addObject().put("name", node);
    }
  }
}
