package io.jkube.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Resources;
import io.jkube.client.ApiClient;
import io.jkube.client.informer.Informer;
import io.jkube.network.proxy.Places;
import io.jkube.network.proxy.ServiceTable;
import java.time.Duration;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Follows where nodes and pods are, from the first service on that asks for it. Reads are of one
 * thread.
 */
final class PlaceInformers implements AutoCloseable {
  private static final Duration SYNC_WAIT = Duration.ofSeconds(10);
  private static final String ZONE = "topology.kubernetes.io/zone";

  private record PlacedNode(String name, String zone) {
    static PlacedNode of(ObjectNode node) {
      var metadata = node.path("metadata");
      return new PlacedNode(
          metadata.path("name").asText(), metadata.path("labels").path(ZONE).asText());
    }
  }

  private record PlacedPod(String node, String address) {
    static PlacedPod of(ObjectNode pod) {
      boolean own = !pod.at("/spec/hostNetwork").asBoolean();
      return new PlacedPod(
          pod.at("/spec/nodeName").asText(), own ? pod.at("/status/podIP").asText() : "");
    }
  }

  private final Informer<PlacedNode> nodes;
  private final Informer<PlacedPod> pods;
  private boolean following;

  PlaceInformers(ApiClient client) {
    nodes = Informer.of(client, Resources.NODES, PlacedNode::of).build();
    pods = Informer.of(client, Resources.PODS, PlacedPod::of).build();
  }

  void onChange(Runnable reaction) {
    nodes.addHandler(new Differences<>(reaction));
    pods.addHandler(new Differences<>(reaction));
  }

  /** {@link Places#UNKNOWN} as long as none of the services asked. */
  Places of(Collection<ObjectNode> services) throws InterruptedException {
    if (!following && services.stream().anyMatch(ServiceTable::asksForPlaces)) {
      following = true;
      nodes.start();
      pods.start();
    }
    if (!following || !nodes.awaitSynced(SYNC_WAIT) || !pods.awaitSynced(SYNC_WAIT)) {
      return Places.UNKNOWN;
    }
    var zones = new TreeMap<String, String>();
    var addresses = new TreeMap<String, SortedSet<String>>();
    for (var node : nodes.list()) {
      zones.put(node.name(), node.zone());
      addresses.put(node.name(), new TreeSet<>());
    }
    for (var pod : pods.list()) {
      if (!pod.address().isEmpty() && addresses.containsKey(pod.node())) {
        addresses.get(pod.node()).add(pod.address());
      }
    }
    return new Places(zones, addresses);
  }

  @Override
  public void close() {
    nodes.close();
    pods.close();
  }
}
