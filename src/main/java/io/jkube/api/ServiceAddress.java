package io.jkube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The IPAddress object by which a service has a cluster IP. */
public final class ServiceAddress {
  private static final String FAMILY = "ipaddress.kubernetes.io/ip-family";
  private static final String MANAGED_BY = "ipaddress.kubernetes.io/managed-by";
  private static final String ALLOCATOR = "ipallocator.k8s.io";

  private ServiceAddress() {}

  /**
   * @param now when it is made
   */
  public static ObjectNode of(String address, ObjectKey service, Instant now) {
    var object = Json.object().put("apiVersion", "networking.k8s.io/v1").put("kind", "IPAddress");
    var metadata = object.putObject("metadata").put("name", address);
    metadata.put("uid", UUID.randomUUID().toString());
    metadata.put("creationTimestamp", Timestamps.seconds(now));
    metadata
        .putObject("labels")
        .put(FAMILY, address.contains(":") ? "IPv6" : "IPv4")
        .put(MANAGED_BY, ALLOCATOR);
    object
        .putObject("spec")
        .putObject("parentRef")
        .put("group", "")
        .put("resource", "services")
        .put("namespace", service.namespace())
        .put("name", service.name());
    return object;
  }

  /** The service that an IPAddress is of; empty where it is of something else. */
  public static Optional<ObjectKey> service(JsonNode address) {
    var parent = address.at("/spec/parentRef");
    return parent.path("resource").asText().equals("services")
            && parent.path("group").asText().isEmpty()
        ? Optional.of(
            new ObjectKey(parent.path("namespace").asText(), parent.path("name").asText()))
        : Optional.empty();
  }

  /** Whether it was made for a service by whoever gives out their addresses. */
  public static boolean isAllocated(JsonNode address) {
    return address.at("/metadata/labels").path(MANAGED_BY).asText().equals(ALLOCATOR);
  }
}
