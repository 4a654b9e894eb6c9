package io.jkube.network.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ObjectKey;
import io.jkube.network.dns.ServiceRecords;
import io.jkube.network.proxy.Backend;
import io.jkube.network.proxy.ServiceTable;
import java.util.List;
import java.util.Optional;

/** Finds who serves behind the backend that a rule names. */
final class Destinations {
  private final ServiceRecords services;

  Destinations(ServiceRecords services) {
    this.services = services;
  }

  /**
   * @param backend of an ingress: a service with the number or the name of a port
   */
  Destination of(String namespace, JsonNode backend) {
    if (!backend.hasNonNull("service")) {
      var kind = backend.at("/resource/kind").asText();
      return Destination.none(
          kind + " \"" + backend.at("/resource/name").asText() + "\"",
          "only services can be backends");
    }
    var key = new ObjectKey(namespace, backend.at("/service/name").asText());
    var wanted = backend.at("/service/port");
    var number = wanted.path("number").asText();
    var name = "service \"" + key + "\" port " + wanted.path("name").asText(number);
    return services
        .service(key)
        .map(service -> of(name, service, key, wanted))
        .orElseGet(() -> Destination.none(name, "there is no such service"));
  }

  private Destination of(String name, ObjectNode service, ObjectKey key, JsonNode wanted) {
    if (service.at("/spec/type").asText().equals("ExternalName")) {
      return external(name, service, wanted);
    }
    return port(service, wanted)
        .map(port -> of(name, port, ServiceTable.backends(port, services.slices(key))))
        .orElseGet(() -> Destination.none(name, "the service has no such port"));
  }

  private static Destination of(String name, JsonNode port, List<Backend> backends) {
    return backends.isEmpty()
        ? Destination.none(name, "no pod is ready to serve it")
        : new Destination(Speech.of(port.path("appProtocol").asText()), name, backends, "");
  }

  /** Such a service need not name its ports. */
  private static Destination external(String name, ObjectNode service, JsonNode wanted) {
    var port = port(service, wanted).orElse(wanted);
    int number = port.path("port").asInt(wanted.path("number").asInt());
    if (number == 0) {
      return Destination.none(name, "the service has no such port");
    }
    var backend = new Backend(service.at("/spec/externalName").asText(), number);
    return of(name, port, List.of(backend));
  }

  private static Optional<JsonNode> port(ObjectNode service, JsonNode wanted) {
    for (var port : service.at("/spec/ports")) {
      boolean named =
          wanted.hasNonNull("name")
              && port.path("name").asText().equals(wanted.path("name").asText());
      boolean numbered =
          wanted.hasNonNull("number") && port.path("port").asInt() == wanted.path("number").asInt();
      if ((named || numbered) && port.path("protocol").asText("TCP").equals("TCP")) {
        return Optional.of(port);
      }
    }
    return Optional.empty();
  }
}
