package io.jkube.network.dns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.network.proxy.ServiceTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.xbill.DNS.Type;

/**
 * What the names below the cluster's domain stand for: "Kubernetes DNS-Based Service Discovery",
 * version 1.1.
 *
 * @param zone {@code cluster.local}
 */
record ClusterNames(String zone, ServiceRecords records) {
  private static final String VERSION = "1.1.0";
  private static final int WEIGHT = 100;

  /** One address behind a headless service. */
  private record Endpoint(String host, String address) {}

  /** Empty for names that are not ours. */
  Optional<Answer> answer(String name, int type) {
    if (name.equals(zone)) {
      return Optional.of(top(type));
    }
    if (name.endsWith("." + zone)) {
      var labels = name.substring(0, name.length() - zone.length() - 1).split("\\.");
      return Optional.of(inZone(name, labels, type));
    }
    return type == Type.PTR
        ? Addresses.reversed(name).flatMap(address -> reverse(name, address))
        : Optional.empty();
  }

  private Answer top(int type) {
    return switch (type) {
      case Type.SOA -> Answer.of(List.of(new DnsRecord.Authority(zone)));
      case Type.NS ->
          Answer.of(List.of(new DnsRecord.NameServer(zone, "kube-dns.kube-system.svc." + zone)));
      default -> Answer.NOTHING_OF_TYPE;
    };
  }

  private Answer inZone(String name, String[] labels, int type) {
    int last = labels.length - 1;
    return switch (labels[last]) {
      case "svc" -> inServices(name, labels, type);
      case "pod" -> pod(name, labels, type);
      case "dns-version" ->
          last > 0 ? Answer.UNKNOWN : ofType(type, List.of(new DnsRecord.Text(name, VERSION)));
      default -> Answer.UNKNOWN;
    };
  }

  /** {@code 10-244-0-5.team.pod}: an address written as a name. */
  private Answer pod(String name, String[] labels, int type) {
    return switch (labels.length) {
      case 1 -> Answer.NOTHING_OF_TYPE;
      case 2 -> records.hasNamespace(labels[0]) ? Answer.NOTHING_OF_TYPE : Answer.UNKNOWN;
      case 3 ->
          Addresses.undashed(labels[0])
              .filter(address -> records.hasNamespace(labels[1]))
              .map(address -> ofType(type, List.of(address(name, address))))
              .orElse(Answer.UNKNOWN);
      default -> Answer.UNKNOWN;
    };
  }

  private Answer inServices(String name, String[] labels, int type) {
    int count = labels.length;
    if (count == 1) {
      return Answer.NOTHING_OF_TYPE;
    }
    var namespace = labels[count - 2];
    if (count == 2) {
      return records.hasNamespace(namespace) ? Answer.NOTHING_OF_TYPE : Answer.UNKNOWN;
    }
    var key = new ObjectKey(namespace, labels[count - 3]);
    var found = records.service(key);
    if (found.isEmpty()) {
      return Answer.UNKNOWN;
    }
    var service = found.get();
    return switch (count) {
      case 3 -> service(name, key, service, type);
      case 4 -> oneEndpoint(name, key, service, labels[0], type);
      case 5 -> ports(name, key, service, labels[0], labels[1], type);
      default -> Answer.UNKNOWN;
    };
  }

  private Answer service(String name, ObjectKey key, ObjectNode service, int type) {
    if (isExternal(service)) {
      var target = service.at("/spec/externalName").asText().toLowerCase(Locale.ROOT);
      return Answer.of(List.of(new DnsRecord.Alias(name, withoutDot(target))));
    }
    if (type == Type.SRV) {
      return servers(name, key, service, port -> true);
    }
    if (!isHeadless(service)) {
      var addresses = new ArrayList<DnsRecord>();
      clusterIps(service).forEach(address -> addresses.add(address(name, address)));
      return ofType(type, addresses);
    }
    var addresses = new LinkedHashSet<String>();
    endpoints(key, null).forEach(endpoint -> addresses.add(endpoint.address));
    return ofAddresses(name, addresses, type);
  }

  private static String withoutDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  /** {@code web-0.web.team.svc}, of headless services. */
  private Answer oneEndpoint(
      String name, ObjectKey key, ObjectNode service, String host, int type) {
    if (!isHeadless(service)) {
      return Answer.UNKNOWN;
    }
    var addresses = new LinkedHashSet<String>();
    for (var endpoint : endpoints(key, null)) {
      if (endpoint.host.equals(host)) {
        addresses.add(endpoint.address);
      }
    }
    return ofAddresses(name, addresses, type);
  }

  /** In changing order, so that clients who take the first spread over all. */
  private static Answer ofAddresses(String name, Set<String> addresses, int type) {
    if (addresses.isEmpty()) {
      return Answer.UNKNOWN;
    }
    var all = new ArrayList<DnsRecord>();
    addresses.forEach(address -> all.add(address(name, address)));
    Collections.shuffle(all);
    return ofType(type, all);
  }

  /** {@code _http._tcp.web.team.svc}. */
  private Answer ports(
      String name, ObjectKey key, ObjectNode service, String port, String protocol, int type) {
    boolean marked = port.startsWith("_") && protocol.startsWith("_");
    if (!marked || isExternal(service)) {
      return Answer.UNKNOWN;
    }
    var found =
        servers(
            name,
            key,
            service,
            each ->
                each.path("name").asText().equalsIgnoreCase(port.substring(1))
                    && each.path("protocol").asText("TCP").equalsIgnoreCase(protocol.substring(1)));
    boolean asked = type == Type.SRV || type == Type.ANY;
    return !found.found() || asked ? found : Answer.NOTHING_OF_TYPE;
  }

  private Answer servers(
      String name, ObjectKey key, ObjectNode service, Predicate<JsonNode> wanted) {
    var servers = new ArrayList<DnsRecord>();
    var hosts = new LinkedHashSet<DnsRecord>();
    var own = nameOf(key);
    if (!isHeadless(service)) {
      for (var port : service.at("/spec/ports")) {
        if (wanted.test(port) && !port.path("name").asText().isEmpty()) {
          servers.add(new DnsRecord.Server(name, own, port.path("port").asInt(), WEIGHT));
          clusterIps(service).forEach(address -> hosts.add(address(own, address)));
        }
      }
    } else {
      for (var slice : records.slices(key)) {
        for (var port : slice.path("ports")) {
          if (wanted.test(port) && !port.path("name").asText().isEmpty()) {
            for (var endpoint : endpoints(key, slice)) {
              var host = endpoint.host + "." + own;
              servers.add(new DnsRecord.Server(name, host, port.path("port").asInt(), WEIGHT));
              hosts.add(address(host, endpoint.address));
            }
          }
        }
      }
    }
    return servers.isEmpty() ? Answer.UNKNOWN : new Answer(true, servers, List.copyOf(hosts));
  }

  /** The ready ones of one slice, or of all. */
  private List<Endpoint> endpoints(ObjectKey key, ObjectNode only) {
    var found = new ArrayList<Endpoint>();
    for (var slice : only == null ? records.slices(key) : List.of(only)) {
      for (var endpoint : slice.path("endpoints")) {
        if (endpoint.at("/conditions/ready").asBoolean(true)) {
          for (var address : endpoint.path("addresses")) {
            var host = endpoint.path("hostname").asText(Addresses.dashed(address.asText()));
            found.add(new Endpoint(host, address.asText()));
          }
        }
      }
    }
    return found;
  }

  /** A service's name for its address; an endpoint's only where it has one. */
  private Optional<Answer> reverse(String name, String address) {
    var names = new ArrayList<DnsRecord>();
    for (var service : records.servicesAt(address)) {
      names.add(new DnsRecord.Pointer(name, nameOf(Json.key(service))));
    }
    for (var slice : records.slicesWith(address)) {
      var own = ServiceTable.owner(slice);
      if (records.service(own).filter(ClusterNames::isHeadless).isEmpty()) {
        continue;
      }
      for (var endpoint : endpoints(own, slice)) {
        if (endpoint.address.equals(address)) {
          var target = endpoint.host + "." + nameOf(own);
          names.add(new DnsRecord.Pointer(name, target));
        }
      }
    }
    return names.isEmpty() ? Optional.empty() : Optional.of(Answer.of(names));
  }

  /** {@code web.team.svc.cluster.local}. */
  private String nameOf(ObjectKey service) {
    return service.name() + "." + service.namespace() + ".svc." + zone;
  }

  private static boolean isHeadless(JsonNode service) {
    return service.at("/spec/clusterIP").asText().equals("None");
  }

  private static boolean isExternal(JsonNode service) {
    return service.at("/spec/type").asText().equals("ExternalName");
  }

  private static List<String> clusterIps(JsonNode service) {
    var addresses = new ArrayList<String>();
    service.at("/spec/clusterIPs").forEach(each -> addresses.add(each.asText()));
    return addresses;
  }

  private static DnsRecord address(String name, String literal) {
    return new DnsRecord.Address(name, Addresses.bytes(literal));
  }

  private static Answer ofType(int type, List<DnsRecord> all) {
    return Answer.of(
        all.stream().filter(each -> type == Type.ANY || type == typeOf(each)).toList());
  }

  private static int typeOf(DnsRecord each) {
    return switch (each) {
      case DnsRecord.Address(var name, var bytes) -> bytes.length == 4 ? Type.A : Type.AAAA;
      case DnsRecord.Text any -> Type.TXT;
      case DnsRecord.Alias any -> Type.CNAME;
      case DnsRecord.Pointer any -> Type.PTR;
      case DnsRecord.Server any -> Type.SRV;
      case DnsRecord.Authority any -> Type.SOA;
      case DnsRecord.NameServer any -> Type.NS;
    };
  }
}
