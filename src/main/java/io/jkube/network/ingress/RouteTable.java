package io.jkube.network.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Which destination a request goes to: of the rules for its very host, then of those for all hosts
 * of its domain ({@code *.example.com}, one label more and no deeper), then of those for every
 * host, the one with the longest path; of two the exact one, then that of the oldest ingress. Where
 * none is, the default backend of an ingress for that host, in the same order, and at last that of
 * any ingress.
 */
final class RouteTable {
  static final RouteTable EMPTY = of(List.of(), (namespace, backend) -> null);

  private static final String EVERY_HOST = "";

  private record Route(PathPattern path, Destination destination) {
    /** Longest first; sorting is stable, so that age decides where this does not. */
    static final Comparator<Route> ORDER =
        Comparator.<Route>comparingInt(route -> -route.path.path().length())
            .thenComparing(route -> !route.path.exact());
  }

  private final Map<String, List<Route>> routes = new HashMap<>();
  private final Map<String, Destination> defaults = new LinkedHashMap<>();

  private RouteTable() {}

  /**
   * @param destinations what a backend of a namespace leads to
   */
  static RouteTable of(
      Collection<ObjectNode> ingresses, BiFunction<String, JsonNode, Destination> destinations) {
    var table = new RouteTable();
    ingresses.stream()
        .sorted(
            Comparator.<ObjectNode, String>comparing(
                    each -> each.at("/metadata/creationTimestamp").asText())
                .thenComparing(each -> Json.key(each).toString()))
        .forEach(ingress -> table.add(ingress, destinations));
    table.routes.values().forEach(ofHost -> ofHost.sort(Route.ORDER));
    return table;
  }

  private void add(ObjectNode ingress, BiFunction<String, JsonNode, Destination> destinations) {
    var namespace = ingress.at("/metadata/namespace").asText();
    var spec = ingress.path("spec");
    for (var rule : spec.path("rules")) {
      var host = rule.path("host").asText();
      var ofHost = routes.computeIfAbsent(host, any -> new ArrayList<>());
      for (var path : rule.at("/http/paths")) {
        var pattern = PathPattern.of(path.path("path").asText(), path.path("pathType").asText());
        ofHost.add(new Route(pattern, destinations.apply(namespace, path.path("backend"))));
      }
    }
    if (spec.hasNonNull("defaultBackend")) {
      var destination = destinations.apply(namespace, spec.path("defaultBackend"));
      for (var rule : spec.path("rules")) {
        defaults.putIfAbsent(rule.path("host").asText(), destination);
      }
      defaults.putIfAbsent(EVERY_HOST, destination);
    }
  }

  /**
   * @param host without its port; in any case
   * @param path without escapes
   */
  Optional<Destination> find(String host, String path) {
    var names = names(host);
    return names.stream()
        .flatMap(name -> routes.getOrDefault(name, List.of()).stream())
        .filter(route -> route.path.matches(path))
        .map(Route::destination)
        .findFirst()
        .or(() -> names.stream().filter(defaults::containsKey).map(defaults::get).findFirst());
  }

  /** Whether a rule names this host, or its domain. */
  boolean knows(String host) {
    return names(host).stream().anyMatch(name -> !name.isEmpty() && routes.containsKey(name));
  }

  /** What a host is looked up as: most special first. */
  static List<String> names(String host) {
    var plain = host.toLowerCase(Locale.ROOT);
    if (plain.endsWith(".")) {
      plain = plain.substring(0, plain.length() - 1);
    }
    int dot = plain.indexOf('.');
    return dot < 0
        ? List.of(plain, EVERY_HOST)
        : List.of(plain, "*" + plain.substring(dot), EVERY_HOST);
  }
}
