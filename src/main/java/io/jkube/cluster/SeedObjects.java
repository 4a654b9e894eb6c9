package io.jkube.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.client.ApiClient;
import io.jkube.client.Patch;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/**
 * Makes the Services {@code kubernetes} and {@code kube-dns}, and tells of the range of addresses
 * that Services have. What is there stays; endpoints follow the server's port.
 */
final class SeedObjects implements StartupStep {
  private static final ObjectKey KUBERNETES = new ObjectKey("default", "kubernetes");
  private static final ObjectKey SERVICE_CIDR = ObjectKey.cluster("kubernetes");
  private static final int HTTPS_PORT = 443;

  @Override
  public String title() {
    return "Seed the Services";
  }

  @Override
  public Set<Class<? extends StartupStep>> needs() {
    return Set.of(SeedNamespaces.class, Listen.class);
  }

  @Override
  public void start(Parts parts) {
    var api = parts.api();
    if (api.find(Resources.SERVICE_CIDRS, SERVICE_CIDR).isEmpty()) {
      Seeds.create(api, Resources.SERVICE_CIDRS, serviceCidr(parts.services));
      var ready = Patch.merge(ready(parts.clock.instant()));
      api.patch(Resources.SERVICE_CIDRS, SERVICE_CIDR, "status", ready);
    }
    Seeds.ensure(api, Resources.SERVICES, service(parts.services, parts.server.port()));
    Seeds.ensure(api, Resources.SERVICES, DnsService.service(parts.services));
    if (parts.settings.runtime() == StartSettings.Runtime.FAKE) {
      publish(api, HostAddress.ofThisMachine(), parts.server.port());
    }
  }

  /** Says where the server behind the Service is: an address that pods reach. */
  static void publish(ApiClient api, String address, int port) {
    put(api, Resources.ENDPOINTS, KUBERNETES, endpoints(address, port));
    put(api, Resources.ENDPOINT_SLICES, KUBERNETES, endpointSlice(address, port));
  }

  static void put(ApiClient api, GroupVersionResource resource, ObjectKey key, ObjectNode object) {
    var found = api.find(resource, key);
    if (found.isEmpty()) {
      Seeds.create(api, resource, object);
    } else if (differs(found.get(), object)) {
      var updated = found.get().deepCopy();
      object.properties().stream()
          .filter(field -> !field.getKey().equals("metadata"))
          .forEach(field -> updated.set(field.getKey(), field.getValue()));
      api.update(resource, updated);
    }
  }

  /** Whether an address or a port is another; what the server adds does not count. */
  private static boolean differs(ObjectNode found, ObjectNode wanted) {
    return !found.at("/subsets/0/addresses/0/ip").equals(wanted.at("/subsets/0/addresses/0/ip"))
        || !found.at("/subsets/0/ports/0/port").equals(wanted.at("/subsets/0/ports/0/port"))
        || !found.at("/endpoints/0/addresses").equals(wanted.at("/endpoints/0/addresses"))
        || !found.at("/ports/0/port").equals(wanted.at("/ports/0/port"));
  }

  /** The range that services have their addresses of, as upstream's server publishes it. */
  private static ObjectNode serviceCidr(ServiceNetwork services) {
    var object = Json.object().put("apiVersion", "networking.k8s.io/v1").put("kind", "ServiceCIDR");
    object.putObject("metadata").put("name", SERVICE_CIDR.name());
    object.putObject("spec").putArray("cidrs").add(services.range());
    return object;
  }

  private static ObjectNode ready(Instant now) {
    var status = Json.object();
    status
        .putObject("status")
        .putArray("conditions")
        .addObject()
        .put("type", "Ready")
        .put("status", "True")
        .put("reason", "")
        .put("message", "Kubernetes default Service CIDR is ready")
        .put("lastTransitionTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
    return status;
  }

  private static ObjectNode service(ServiceNetwork services, int port) {
    var object = named("v1", "Service");
    label(object, "component", "apiserver");
    label(object, "provider", "kubernetes");
    var spec = object.putObject("spec");
    spec.put("type", "ClusterIP").put("clusterIP", services.apiServer());
    spec.put("sessionAffinity", "None");
    var https = spec.putArray("ports").addObject();
    https.put("name", "https").put("protocol", "TCP");
    https.put("port", HTTPS_PORT).put("targetPort", port);
    return object;
  }

  private static ObjectNode endpoints(String address, int port) {
    var object = named("v1", "Endpoints");
    label(object, "endpointslice.kubernetes.io/skip-mirror", "true");
    var subset = object.putArray("subsets").addObject();
    subset.putArray("addresses").addObject().put("ip", address);
    https(subset.putArray("ports").addObject(), port);
    return object;
  }

  private static ObjectNode endpointSlice(String address, int port) {
    var object = named("discovery.k8s.io/v1", "EndpointSlice");
    label(object, "kubernetes.io/service-name", "kubernetes");
    object.put("addressType", "IPv4");
    var endpoint = object.putArray("endpoints").addObject();
    endpoint.putArray("addresses").add(address);
    endpoint.putObject("conditions").put("ready", true);
    https(object.putArray("ports").addObject(), port);
    return object;
  }

  private static void https(ObjectNode port, int number) {
    port.put("name", "https").put("port", number).put("protocol", "TCP");
  }

  private static ObjectNode named(String apiVersion, String kind) {
    var object = Json.object().put("apiVersion", apiVersion).put("kind", kind);
    object
        .putObject("metadata")
        .put("name", KUBERNETES.name())
        .put("namespace", KUBERNETES.namespace());
    return object;
  }

  private static void label(ObjectNode object, String key, String value) {
    object.withObject("/metadata/labels").put(key, value);
  }
}
