package io.jkube.network.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What services ask to be routed.
 *
 * <p>Backends are the ready endpoints; where there are none, those that end but still serve, as
 * upstream's proxy has it.
 *
 * @param ports every port of every service that has an address, sorted by {@link ServicePort#id}
 * @param checks where somebody may ask whether a service has endpoints on this machine
 * @param pods the addresses of the pods on a node, by its name: of nodes that a port speaks of
 * @param ranges of IPv4 that services have their addresses of, {@code 10.96.0.0/16}
 */
public record ServiceTable(
    List<ServicePort> ports,
    List<HealthCheck> checks,
    SortedMap<String, SortedSet<String>> pods,
    SortedSet<String> ranges) {
  public static final ServiceTable EMPTY = new ServiceTable(List.of());

  private static final String SERVICE_NAME = "kubernetes.io/service-name";
  private static final String OTHER_PROXY = "service.kubernetes.io/service-proxy-name";

  public ServiceTable {
    ports = List.copyOf(ports);
    checks = List.copyOf(checks);
    pods = Collections.unmodifiableSortedMap(pods);
    ranges = Collections.unmodifiableSortedSet(ranges);
  }

  /** Ports alone. */
  public ServiceTable(List<ServicePort> ports) {
    this(ports, List.of(), Collections.emptySortedMap(), Collections.emptySortedSet());
  }

  /** Whether it matters to a service where its clients and endpoints are. */
  public static boolean asksForPlaces(JsonNode service) {
    var spec = service.path("spec");
    return spec.path("internalTrafficPolicy").asText().equals("Local")
        || spec.hasNonNull("trafficDistribution");
  }

  public static ServiceTable of(
      Collection<ObjectNode> services,
      Collection<ObjectNode> slices,
      Places places,
      SortedSet<String> ranges) {
    var byService = new HashMap<ObjectKey, List<ObjectNode>>();
    for (var slice : slices) {
      byService.computeIfAbsent(owner(slice), key -> new ArrayList<>()).add(slice);
    }
    var ports = new ArrayList<ServicePort>();
    var checks = new ArrayList<HealthCheck>();
    for (var service : services) {
      if (isRouted(service)) {
        var own = byService.getOrDefault(Json.key(service), List.of());
        int first = ports.size();
        add(service, own, places, ports);
        check(service, ports.subList(first, ports.size()), checks);
      }
    }
    ports.sort(Comparator.comparing(ServicePort::id));
    var named = new TreeMap<>(places.pods());
    named
        .keySet()
        .removeIf(node -> ports.stream().noneMatch(port -> port.near().containsKey(node)));
    return new ServiceTable(ports, checks, named, ranges);
  }

  /** The service that a slice is of. */
  public static ObjectKey owner(JsonNode slice) {
    var metadata = slice.path("metadata");
    return new ObjectKey(
        metadata.path("namespace").asText(), metadata.path("labels").path(SERVICE_NAME).asText());
  }

  private static boolean isRouted(ObjectNode service) {
    var spec = service.path("spec");
    var clusterIp = spec.path("clusterIP").asText();
    return !clusterIp.isEmpty()
        && !clusterIp.equals("None")
        && !clusterIp.contains(":")
        && !spec.path("type").asText().equals("ExternalName")
        && !service.at("/metadata/labels").has(OTHER_PROXY);
  }

  private static void add(
      ObjectNode service, List<ObjectNode> slices, Places places, List<ServicePort> ports) {
    var spec = service.path("spec");
    var addresses = new ArrayList<>(List.of(spec.path("clusterIP").asText()));
    spec.path("externalIPs").forEach(each -> addIpv4(each.asText(), addresses));
    var where = asksForPlaces(service) ? places : Places.UNKNOWN;
    boolean local = spec.path("internalTrafficPolicy").asText().equals("Local");
    for (var port : spec.path("ports")) {
      var endpoints = endpoints(port, slices);
      ports.add(port(service, port, addresses, endpoints.backends(), endpoints.near(local, where)));
    }
  }

  private static void check(ObjectNode service, List<ServicePort> ports, List<HealthCheck> checks) {
    int number = service.at("/spec/healthCheckNodePort").asInt();
    if (number > 0) {
      var addresses = new TreeSet<String>();
      ports.forEach(port -> port.backends().forEach(each -> addresses.add(each.address())));
      checks.add(new HealthCheck(Json.key(service), number, addresses.size()));
    }
  }

  private static void addIpv4(String address, List<String> addresses) {
    if (!address.contains(":")) {
      addresses.add(address);
    }
  }

  private static ServicePort port(
      ObjectNode service,
      JsonNode port,
      List<String> addresses,
      List<Backend> backends,
      SortedMap<String, List<Backend>> near) {
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
        backends,
        near);
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
    return endpoints(port, slices).backends();
  }

  private static Endpoints endpoints(JsonNode port, List<ObjectNode> slices) {
    var endpoints = new Endpoints();
    for (var slice : slices) {
      int number = number(port, slice);
      if (number > 0) {
        slice.path("endpoints").forEach(each -> endpoints.add(each, number));
      }
    }
    return endpoints;
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
