package io.jkube.network.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Every port of every service that has an address, sorted by {@link ServicePort#id}.
 *
 * <p>Backends are the ready endpoints; where there are none, those that end but still serve, as
 * upstream's proxy has it.
 */
public record ServiceTable(List<ServicePort> ports) {
  public static final ServiceTable EMPTY = new ServiceTable(List.of());

  private static final String SERVICE_NAME = "kubernetes.io/service-name";
  private static final String OTHER_PROXY = "service.kubernetes.io/service-proxy-name";

  public ServiceTable {
    ports = List.copyOf(ports);
  }

  public static ServiceTable of(Collection<ObjectNode> services, Collection<ObjectNode> slices) {
    var byService = new HashMap<ObjectKey, List<ObjectNode>>();
    for (var slice : slices) {
      byService.computeIfAbsent(owner(slice), key -> new ArrayList<>()).add(slice);
    }
    var ports = new ArrayList<ServicePort>();
    for (var service : services) {
      add(service, byService.getOrDefault(Json.key(service), List.of()), ports);
    }
    ports.sort(Comparator.comparing(ServicePort::id));
    return new ServiceTable(ports);
  }

  /** The service that a slice is of. */
  public static ObjectKey owner(JsonNode slice) {
    var metadata = slice.path("metadata");
    return new ObjectKey(
        metadata.path("namespace").asText(), metadata.path("labels").path(SERVICE_NAME).asText());
  }

  private static void add(ObjectNode service, List<ObjectNode> slices, List<ServicePort> ports) {
    var spec = service.path("spec");
    var clusterIp = spec.path("clusterIP").asText();
    boolean routed =
        !clusterIp.isEmpty()
            && !clusterIp.equals("None")
            && !clusterIp.contains(":")
            && !spec.path("type").asText().equals("ExternalName")
            && !service.at("/metadata/labels").has(OTHER_PROXY);
    if (!routed) {
      return;
    }
    var addresses = new ArrayList<>(List.of(clusterIp));
    spec.path("externalIPs").forEach(each -> addIpv4(each.asText(), addresses));
    for (var port : spec.path("ports")) {
      ports.add(port(service, port, addresses, backends(port, slices)));
    }
  }

  private static void addIpv4(String address, List<String> addresses) {
    if (!address.contains(":")) {
      addresses.add(address);
    }
  }

  private static ServicePort port(
      ObjectNode service, JsonNode port, List<String> addresses, List<Backend> backends) {
    var spec = service.path("spec");
    boolean sticky = spec.path("sessionAffinity").asText().equals("ClientIP");
    return new ServicePort(
        Json.key(service),
        port.path("name").asText(),
        Protocol.of(port.path("protocol").asText()),
        port.path("port").asInt(),
        addresses,
        port.path("nodePort").asInt(),
        isBalanced(service),
        sticky ? spec.at("/sessionAffinityConfig/clientIP/timeoutSeconds").asInt() : 0,
        backends);
  }

  /** Whether a service asks for a load balancer, and for none of another maker. */
  public static boolean isBalanced(JsonNode service) {
    var spec = service.path("spec");
    return spec.path("type").asText().equals("LoadBalancer") && !spec.has("loadBalancerClass");
  }

  /**
   * Who answers for a service's port: sorted, none twice.
   *
   * @param slices all those of the service
   */
  public static List<Backend> backends(JsonNode port, List<ObjectNode> slices) {
    var ready = new TreeSet<Backend>();
    var ending = new TreeSet<Backend>();
    for (var slice : slices) {
      int number = number(port, slice);
      if (number == 0) {
        continue;
      }
      for (var endpoint : slice.path("endpoints")) {
        var conditions = endpoint.path("conditions");
        var chosen = isTrue(conditions, "ready") ? ready : ending;
        if (chosen == ready || isServing(conditions)) {
          // All addresses of an endpoint lead to the same: the first stands for them.
          chosen.add(new Backend(endpoint.at("/addresses/0").asText(), number));
        }
      }
    }
    return List.copyOf(ready.isEmpty() ? ending : ready);
  }

  /** Not said means ready. */
  private static boolean isTrue(JsonNode conditions, String name) {
    return conditions.path(name).asBoolean(true);
  }

  private static boolean isServing(JsonNode conditions) {
    return conditions.path("serving").asBoolean() && conditions.path("terminating").asBoolean();
  }

  /** The target of the port of this name and protocol in an IPv4 slice; 0 when it has none. */
  private static int number(JsonNode port, ObjectNode slice) {
    if (slice.path("addressType").asText().equals("IPv4")) {
      for (var there : slice.path("ports")) {
        if (there.path("name").asText().equals(port.path("name").asText())
            && Protocol.of(there.path("protocol").asText())
                == Protocol.of(port.path("protocol").asText())) {
          return there.path("port").asInt();
        }
      }
    }
    return 0;
  }

  /** Ports by the service they are of. */
  public Map<ObjectKey, List<ServicePort>> byService() {
    var byService = new HashMap<ObjectKey, List<ServicePort>>();
    for (var port : ports) {
      byService.computeIfAbsent(port.service(), key -> new ArrayList<>()).add(port);
    }
    return byService;
  }
}
