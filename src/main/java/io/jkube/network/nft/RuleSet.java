package io.jkube.network.nft;

import io.jkube.network.proxy.Backend;
import io.jkube.network.proxy.ServicePort;
import io.jkube.network.proxy.ServiceTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * The parts of a table that follow the services: pure data, made by a pure function.
 *
 * @param chains rules by the name of their chain
 * @param elements by the name of map or set, keys with values (empty for a set)
 * @param stickySets names of sets of clients that keep a backend, with their timeout in seconds
 */
record RuleSet(
    SortedMap<String, List<String>> chains,
    SortedMap<String, SortedMap<String, String>> elements,
    SortedMap<String, Integer> stickySets) {
  static final String SERVICE_IPS = "service-ips";
  static final String NODE_PORTS = "node-ports";
  static final String REFUSED = "refused";
  static final String HAIRPIN = "hairpin";

  static final RuleSet EMPTY = new RuleSet(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

  RuleSet {
    chains = Collections.unmodifiableSortedMap(chains);
    elements = Collections.unmodifiableSortedMap(elements);
    stickySets = Collections.unmodifiableSortedMap(stickySets);
  }

  static RuleSet of(ServiceTable table) {
    var builder = new Builder();
    table.ports().forEach(builder::add);
    return new RuleSet(builder.chains, builder.elements, builder.stickySets);
  }

  private static final class Builder {
    final SortedMap<String, List<String>> chains = new TreeMap<>();
    final SortedMap<String, SortedMap<String, String>> elements = new TreeMap<>();
    final SortedMap<String, Integer> stickySets = new TreeMap<>();

    void add(ServicePort port) {
      var where = " . " + port.protocol().lower() + " . " + port.port();
      if (port.backends().isEmpty()) {
        port.addresses().forEach(address -> element(REFUSED, address + where, ""));
        return;
      }
      var chain = "svc/" + port.id();
      port.addresses().forEach(address -> element(SERVICE_IPS, address + where, "goto " + chain));
      if (port.nodePort() > 0) {
        var key = port.protocol().lower() + " . " + port.nodePort();
        element(NODE_PORTS, key, "goto " + chain);
      }
      for (var backend : port.backends()) {
        element(HAIRPIN, backend.address() + " . " + backend.address(), "");
      }
      if (port.affinitySeconds() > 0) {
        sticky(chain, port);
      } else {
        chains.put(chain, List.of(spread(port)));
      }
    }

    private void element(String set, String key, String value) {
      elements.computeIfAbsent(set, name -> new TreeMap<>()).put(key, value);
    }

    /** Every new connection to a backend by chance. */
    private static String spread(ServicePort port) {
      var to = new StringJoiner(", ", "{ ", " }");
      int index = 0;
      for (var backend : port.backends()) {
        to.add(index++ + " : " + backend.address() + " . " + backend.port());
      }
      return protocol(port) + " dnat ip addr . port to numgen random mod " + index + " map " + to;
    }

    /** A client that was here lately goes where it went; each visit begins its time anew. */
    private void sticky(String chain, ServicePort port) {
      var rules = new ArrayList<String>();
      var any = new StringJoiner(", ", "{ ", " }");
      int index = 0;
      for (var backend : port.backends()) {
        var own = port.id() + "/" + backend.address() + "/" + backend.port();
        stickySets.put("sticky/" + own, port.affinitySeconds());
        chains.put("ep/" + own, backend(port, backend, "sticky/" + own));
        rules.add("ip saddr @sticky/" + own + " goto ep/" + own);
        any.add(index++ + " : goto ep/" + own);
      }
      rules.add("numgen random mod " + index + " vmap " + any);
      chains.put(chain, List.copyOf(rules));
    }

    private static List<String> backend(ServicePort port, Backend backend, String set) {
      return List.of("update @" + set + " { ip saddr }", protocol(port) + " dnat to " + backend);
    }

    private static String protocol(ServicePort port) {
      return "meta l4proto " + port.protocol().lower();
    }
  }
}
