package io.jkube.network.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.ObjectReference;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.client.ApiClient;
import io.jkube.client.EventRecorder;
import io.jkube.client.Patch;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes into ingresses, and into events, where they are reached. For one thread. */
final class IngressStatus implements AutoCloseable {
  private static final String ADDRESS = "127.0.0.1";
  private static final String API_VERSION = "networking.k8s.io/v1";

  private final ApiClient client;
  private final EventRecorder events;

  /** Those that have our address. */
  private final Set<ObjectKey> written = new HashSet<>();

  /** What was said last of an ingress' secret. */
  private final Map<ObjectKey, String> told = new HashMap<>();

  IngressStatus(ApiClient client, InstantSource clock) {
    this.client = client;
    this.events = new EventRecorder(client, clock, "ingress-controller", "");
  }

  @Override
  public void close() {
    events.close();
  }

  /** The ports that ingresses were reached at before; the first of them that knows tells. */
  static Entry.Ports portsOf(List<ObjectNode> ingresses) {
    for (var ingress : ingresses) {
      var point = ingress.at("/status/loadBalancer/ingress/0");
      var ports = point.path("ports");
      if (point.path("ip").asText().equals(ADDRESS) && ports.size() == 2) {
        return new Entry.Ports(ports.at("/0/port").asInt(), ports.at("/1/port").asInt());
      }
    }
    return Entry.Ports.UNKNOWN;
  }

  /** Writes only what is not there yet. */
  void tell(ObjectNode ingress, Entry entry, Secrets secrets) {
    var key = Json.key(ingress);
    var points = points(entry);
    if (!ingress.at("/status/loadBalancer/ingress").equals(points)) {
      write(key, points);
      events.normal(about(ingress), "Reachable", "Reached at " + entry.words());
    }
    written.add(key);
    var trouble = trouble(ingress, secrets);
    if (trouble.isEmpty()) {
      told.remove(key);
    } else if (!trouble.equals(told.put(key, trouble))) {
      events.warning(about(ingress), "CertificateNotUsed", trouble);
    }
  }

  /** Takes our address from those that went over to another class. */
  void forgetAllBut(
      Collection<ObjectNode> ours, Function<ObjectKey, Optional<ObjectNode>> ingresses) {
    var left = new HashSet<>(written);
    left.removeAll(ours.stream().map(Json::key).collect(Collectors.toSet()));
    for (var key : left) {
      if (ingresses.apply(key).isPresent()) {
        write(key, NullNode.getInstance());
      }
      written.remove(key);
      told.remove(key);
    }
  }

  private void write(ObjectKey key, JsonNode points) {
    var patch = Json.object();
    patch.putObject("status").putObject("loadBalancer").set("ingress", points);
    try {
      client.patch(Resources.INGRESSES, key, "status", Patch.merge(patch));
    } catch (ApiException gone) {
      if (gone.reason() != StatusReason.NOT_FOUND) {
        throw gone;
      }
    }
  }

  private static ArrayNode points(Entry entry) {
    var points = Json.object().putArray("points");
    var ports = points.addObject().put("ip", ADDRESS).putArray("ports");
    ports.addObject().put("port", entry.plain().port()).put("protocol", "TCP");
    ports.addObject().put("port", entry.secured().port()).put("protocol", "TCP");
    return points;
  }

  private static String trouble(ObjectNode ingress, Secrets secrets) {
    var namespace = ingress.at("/metadata/namespace").asText();
    for (var tls : ingress.at("/spec/tls")) {
      var name = tls.path("secretName").asText();
      var why = name.isEmpty() ? null : secrets.troubles().get(new ObjectKey(namespace, name));
      if (why != null) {
        return "secret \"%s\": %s; a certificate of the cluster's own is shown"
            .formatted(name, why);
      }
    }
    return "";
  }

  private static ObjectReference about(ObjectNode ingress) {
    return ObjectReference.to(API_VERSION, "Ingress", ingress);
  }
}
