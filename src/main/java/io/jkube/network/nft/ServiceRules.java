package io.jkube.network.nft;

import io.jkube.network.proxy.Backend;
import io.jkube.network.proxy.ServicePort;
import io.jkube.network.proxy.ServiceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/** What the ports of services are as rules. */
final class ServiceRules {
  private static final String SERVICE_IPS = "service-ips";
  private static final String NODE_PORTS = "node-ports";
  private static final String REFUSED = "refused";
  private static final String HAIRPIN = "hairpin";
  private static final String RANGES = "ranges";

  private final RuleSet.Builder rules = new RuleSet.Builder();

  private ServiceRules() {}

  static RuleSet of(ServiceTable table) {
    var services = new ServiceRules();
    table.pods().forEach(services::place);
    table.ports().forEach(services::add);
    services.refuse(table.ranges());
    return services.rules.build();
  }

  /**
   * What every cluster's table has. A connection is refused by a reset: the kernel sends but one of
   * the other messages a second to a client, and whoever gets none waits a second to try again.
   */
  static String frame(PodNet net) {
    return """
        map service-ips { type ipv4_addr . inet_proto . inet_service : verdict; }
        map node-ports { type inet_proto . inet_service : verdict; }
        set refused { type ipv4_addr . inet_proto . inet_service; }
        set hairpin { type ipv4_addr . ipv4_addr; }
        chain services {
          ip daddr . meta l4proto . th dport vmap @service-ips
          fib daddr type local meta l4proto . th dport vmap @node-ports
        }
        chain from-pods {
          type nat hook prerouting priority dstnat - 10;
          iifname "%1$s" jump services
        }
        chain from-this-machine {
          type nat hook output priority -110;
          ip daddr != 127.0.0.0/8 jump services
        }
        chain back-to-pods {
          type nat hook postrouting priority srcnat - 10;
          ct status dnat ip saddr . ip daddr @hairpin masquerade
          %3$s
        }
        chain ranges {
        }
        chain refusal {
          meta l4proto tcp reject with tcp reset
          reject
        }
        chain refuse {
          ip daddr . meta l4proto . th dport @refused goto refusal
          ip daddr %2$s goto refusal
          jump ranges
        }
        chain refuse-pods {
          type filter hook forward priority filter - 10;
          iifname "%1$s" jump refuse
        }
        chain refuse-this-machine {
          type filter hook output priority filter - 10;
          jump refuse
        }
      """
        .formatted(net.bridge(), net.services(), answersThroughHere(net));
  }

  private static String answersThroughHere(PodNet net) {
    return net.bridgedPacketsAreSeen()
        ? ""
        : "ct status dnat ip saddr %1$s ip daddr %1$s masquerade".formatted(net.pods());
  }

  private void add(ServicePort port) {
    var where = " . " + port.protocol().lower() + " . " + port.port();
    if (port.backends().isEmpty()) {
      port.addresses().forEach(address -> rules.element(REFUSED, address + where));
      return;
    }
    var chain = "svc/" + port.id();
    port.addresses()
        .forEach(address -> rules.element(SERVICE_IPS, address + where, "goto " + chain));
    if (port.nodePort() > 0) {
      var key = port.protocol().lower() + " . " + port.nodePort();
      rules.element(NODE_PORTS, key, "goto " + chain);
    }
    for (var backend : port.backends()) {
      rules.element(HAIRPIN, backend.address() + " . " + backend.address());
    }
    var entry = new ArrayList<String>();
    port.near()
        .forEach(
            (node, backends) -> {
              var near = "near/" + node + "/" + port.id();
              entry.add("ip saddr @on/" + node + " goto " + near);
              rules.chain(near, choose(port, backends));
            });
    entry.addAll(choose(port, port.backends()));
    rules.chain(chain, entry);
  }

  /** Rules, not a set: of other clusters' tables only rules are read, and ranges may overlap. */
  private void refuse(Set<String> ranges) {
    rules.chain(
        RANGES, ranges.stream().map(range -> "ip daddr " + range + " goto refusal").toList());
  }

  private void place(String node, Set<String> pods) {
    rules.set("on/" + node, "type ipv4_addr;");
    pods.forEach(pod -> rules.element("on/" + node, pod));
  }

  private List<String> choose(ServicePort port, List<Backend> backends) {
    if (backends.isEmpty()) {
      return List.of("drop");
    }
    return port.affinitySeconds() > 0 ? sticky(port, backends) : List.of(spread(port, backends));
  }

  /** Every new connection to a backend by chance. */
  private static String spread(ServicePort port, List<Backend> backends) {
    var to = new StringJoiner(", ", "{ ", " }");
    int index = 0;
    for (var backend : backends) {
      to.add(index++ + " : " + backend.address() + " . " + backend.port());
    }
    return protocol(port) + " dnat ip addr . port to numgen random mod " + index + " map " + to;
  }

  /** A client that was here lately goes where it went; each visit begins its time anew. */
  private List<String> sticky(ServicePort port, List<Backend> backends) {
    var each = new ArrayList<String>();
    var any = new StringJoiner(", ", "{ ", " }");
    int index = 0;
    for (var backend : backends) {
      var own = port.id() + "/" + backend.address() + "/" + backend.port();
      var clients = "sticky/" + own;
      rules.set(clients, "type ipv4_addr; flags dynamic,timeout;");
      rules.chain("ep/" + own, backend(port, backend, clients));
      each.add("ip saddr @" + clients + " goto ep/" + own);
      any.add(index++ + " : goto ep/" + own);
    }
    each.add("numgen random mod " + index + " vmap " + any);
    return each;
  }

  /** The time stands in the rule, not with the set: it may change, and who is in the set stays. */
  private static List<String> backend(ServicePort port, Backend backend, String set) {
    return List.of(
        "update @" + set + " { ip saddr timeout " + port.affinitySeconds() + "s }",
        protocol(port) + " dnat to " + backend);
  }

  private static String protocol(ServicePort port) {
    return "meta l4proto " + port.protocol().lower();
  }
}
