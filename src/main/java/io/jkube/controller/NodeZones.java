package io.jkube.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.metrics.MetricsSource;
import io.jkube.api.metrics.TextFormat;
import io.jkube.client.informer.Informer;
import io.jkube.controller.runtime.Conditions;
import java.util.Map;
import java.util.TreeMap;

/** How many nodes of each zone there are and how many are well, counted when it is asked. */
record NodeZones(Informer<ObjectNode> nodes) implements MetricsSource {
  private static final int WHOLE_PERCENT = 100;

  private record Zone(int nodes, int unhealthy) {
    Zone plus(Zone other) {
      return new Zone(nodes + other.nodes, unhealthy + other.unhealthy);
    }

    int health() {
      return WHOLE_PERCENT * (nodes - unhealthy) / nodes;
    }
  }

  @Override
  public void writeTo(TextFormat text) {
    var zones = zones();
    text.family("node_collector_zone_size", "gauge", "Nodes of a zone.");
    zones.forEach((name, zone) -> text.sample("node_collector_zone_size", label(name), zone.nodes));
    text.family("node_collector_unhealthy_nodes_in_zone", "gauge", "Its nodes that are not ready.");
    zones.forEach(
        (name, zone) ->
            text.sample("node_collector_unhealthy_nodes_in_zone", label(name), zone.unhealthy));
    text.family("node_collector_zone_health", "gauge", "The share that is ready, in percent.");
    zones.forEach(
        (name, zone) -> text.sample("node_collector_zone_health", label(name), zone.health()));
  }

  private Map<String, Zone> zones() {
    var zones = new TreeMap<String, Zone>();
    for (var node : nodes.list()) {
      boolean ready = Conditions.status(node, "Ready").equals("True");
      zones.merge(name(node), new Zone(1, ready ? 0 : 1), Zone::plus);
    }
    return zones;
  }

  /** Upstream's key of a zone: region and zone with a separator that neither can have. */
  private static String name(ObjectNode node) {
    var labels = node.path("metadata").path("labels");
    var region = labels.path("topology.kubernetes.io/region").asText();
    var zone = labels.path("topology.kubernetes.io/zone").asText();
    return region.isEmpty() && zone.isEmpty() ? "" : region + ":\u0000:" + zone;
  }

  private static String label(String zone) {
    return "zone=\"" + TextFormat.escaped(zone) + "\"";
  }
}
