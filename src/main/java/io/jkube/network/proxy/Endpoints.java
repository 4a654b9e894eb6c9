package io.jkube.network.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Who answers at one port of a service, and whom of them the pods of each node choose from. */
final class Endpoints {
  /**
   * @param nodes for whose pods it is meant; empty: not said
   * @param zones likewise
   */
  private record Endpoint(
      Backend backend, boolean ready, String node, Set<String> nodes, Set<String> zones) {}

  private final List<Endpoint> all = new ArrayList<>();

  /** Notes an endpoint of a slice unless it neither is ready nor ends. */
  void add(JsonNode endpoint, int port) {
    var conditions = endpoint.path("conditions");
    boolean ready = conditions.path("ready").asBoolean(true);
    boolean ending =
        conditions.path("serving").asBoolean() && conditions.path("terminating").asBoolean();
    if (ready || ending) {
      // All addresses of an endpoint lead to the same: the first stands for them.
      all.add(
          new Endpoint(
              new Backend(endpoint.at("/addresses/0").asText(), port),
              ready,
              endpoint.path("nodeName").asText(),
              names(endpoint.at("/hints/forNodes")),
              names(endpoint.at("/hints/forZones"))));
    }
  }

  private static Set<String> names(JsonNode hints) {
    var names = new HashSet<String>();
    hints.forEach(hint -> names.add(hint.path("name").asText()));
    return names;
  }

  /** The ready ones; where there are none, those that end but still serve. */
  List<Backend> backends() {
    return chosen(any -> true);
  }

  private List<Backend> chosen(Predicate<Endpoint> which) {
    var ready = new TreeSet<Backend>();
    var ending = new TreeSet<Backend>();
    all.stream().filter(which).forEach(each -> (each.ready() ? ready : ending).add(each.backend()));
    return List.copyOf(ready.isEmpty() ? ending : ready);
  }

  /**
   * By node, where it is not all: with {@code internalTrafficPolicy: Local} those on the node
   * itself, none or not; else those that hints mean for the node, or for its zone, if every
   * endpoint has such a hint and at least one means it.
   */
  SortedMap<String, List<Backend>> near(boolean local, Places places) {
    var everywhere = backends();
    var near = new TreeMap<String, List<Backend>>();
    places
        .zones()
        .forEach(
            (node, zone) -> {
              var own =
                  local ? chosen(each -> each.node().equals(node)) : hinted(node, zone, everywhere);
              if (!own.equals(everywhere)) {
                near.put(node, own);
              }
            });
    return near;
  }

  private List<Backend> hinted(String node, String zone, List<Backend> everywhere) {
    var used = all.stream().filter(each -> everywhere.contains(each.backend())).toList();
    var own = meant(used, each -> each.nodes().contains(node), each -> !each.nodes().isEmpty());
    if (own.isEmpty() && !zone.isEmpty()) {
      own = meant(used, each -> each.zones().contains(zone), each -> !each.zones().isEmpty());
    }
    return own.isEmpty() ? everywhere : own;
  }

  private static List<Backend> meant(
      List<Endpoint> used, Predicate<Endpoint> here, Predicate<Endpoint> somewhere) {
    return used.stream().allMatch(somewhere)
        ? List.copyOf(new TreeSet<>(used.stream().filter(here).map(Endpoint::backend).toList()))
        : List.of();
  }
}
