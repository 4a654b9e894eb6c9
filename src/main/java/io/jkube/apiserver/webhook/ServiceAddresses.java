package io.jkube.apiserver.webhook;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;
import static io.jkube.registry.Tree.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.storage.SettledKind;
import io.jkube.apiserver.storage.StoredObject;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Where the Services of this cluster are answered: one of their ready endpoints. */
public final class ServiceAddresses {
  private static final GroupVersionResource ENDPOINTS =
      new GroupVersionResource("", "v1", "endpoints");
  private static final String SERVICE_LABEL = "kubernetes.io/service-name";

  private final SettledKind services;
  private final SettledKind slices;
  private final SettledKind endpoints;

  public ServiceAddresses(ObjectStore objects) {
    services = objects.settled(Resources.SERVICES);
    slices = objects.settled(Resources.ENDPOINT_SLICES);
    endpoints = objects.settled(ENDPOINTS);
  }

  /**
   * @throws WebhookCallException when there is no such Service or port, or nobody is ready behind
   *     it
   */
  public InetSocketAddress find(ClientConfig.Service wanted) throws WebhookCallException {
    var key = new ObjectKey(wanted.namespace(), wanted.name());
    var service =
        services
            .get(key)
            .map(StoredObject::tree)
            .orElseThrow(
                () -> new WebhookCallException("service \"" + wanted.name() + "\" not found"));
    if (text(service, "/spec/type").equals("ExternalName")) {
      return new InetSocketAddress(text(service, "/spec/externalName"), wanted.port());
    }
    var port = port(service, wanted);
    var ready = new ArrayList<>(ofSlices(key, text(port, "/name")));
    if (ready.isEmpty()) {
      ready.addAll(ofEndpoints(key, text(port, "/name")));
    }
    if (ready.isEmpty()) {
      throw new WebhookCallException(
          "no endpoints available for service \"" + wanted.name() + "\"");
    }
    return ready.get(ThreadLocalRandom.current().nextInt(ready.size()));
  }

  private static ObjectNode port(ObjectNode service, ClientConfig.Service wanted)
      throws WebhookCallException {
    for (var port : objects(service, "/spec/ports")) {
      if (port.path("port").asInt() == wanted.port()) {
        return port;
      }
    }
    throw new WebhookCallException(
        "no service port %d found for service \"%s\"".formatted(wanted.port(), wanted.name()));
  }

  private List<InetSocketAddress> ofSlices(ObjectKey service, String port) {
    var found = new ArrayList<InetSocketAddress>();
    for (var slice : slices.list(service.namespace())) {
      var tree = slice.tree();
      if (tree.at("/metadata/labels").path(SERVICE_LABEL).asText().equals(service.name())) {
        int number = number(tree.path("ports"), port);
        for (var endpoint : objects(tree, "/endpoints")) {
          if (number > 0 && endpoint.at("/conditions/ready").asBoolean(true)) {
            texts(endpoint, "/addresses")
                .forEach(address -> found.add(new InetSocketAddress(address, number)));
          }
        }
      }
    }
    return found;
  }

  private List<InetSocketAddress> ofEndpoints(ObjectKey service, String port) {
    var found = new ArrayList<InetSocketAddress>();
    for (var own : endpoints.get(service).stream().toList()) {
      for (var subset : objects(own.tree(), "/subsets")) {
        int number = number(subset.path("ports"), port);
        for (var address : objects(subset, "/addresses")) {
          if (number > 0) {
            found.add(new InetSocketAddress(text(address, "/ip"), number));
          }
        }
      }
    }
    return found;
  }

  /** A Service's only port may be without a name. */
  private static int number(JsonNode ports, String name) {
    for (var port : ports) {
      if (port.path("name").asText("").equals(name)) {
        return port.path("port").asInt();
      }
    }
    return 0;
  }
}
