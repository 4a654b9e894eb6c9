package io.jkube.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.client.ApiClient;
import io.jkube.network.policy.PolicyPod;
import io.jkube.network.proxy.Protocol;
import java.util.Map;
import java.util.Set;

/** The Service {@code kube-dns}, labelled so that {@code kubectl cluster-info} tells of it. */
final class DnsService {
  static final ObjectKey KEY = new ObjectKey("kube-system", "kube-dns");
  private static final int PORT = 53;
  private static final String SELF = "jkube";

  private DnsService() {}

  static ObjectNode service(ServiceNetwork services) {
    var object = named("v1", "Service");
    label(object, "k8s-app", "kube-dns");
    label(object, "kubernetes.io/cluster-service", "true");
    label(object, "kubernetes.io/name", "KubeDNS");
    var spec = object.putObject("spec").put("type", "ClusterIP");
    spec.put("clusterIP", services.dns());
    ports(spec.putArray("ports"), PORT);
    return object;
  }

  /** Says where the server behind the Service is. */
  static void publish(ApiClient api, String address, int port) {
    var endpoints = named("v1", "Endpoints");
    label(endpoints, "endpointslice.kubernetes.io/skip-mirror", "true");
    var subset = endpoints.putArray("subsets").addObject();
    subset.putArray("addresses").addObject().put("ip", address);
    ports(subset.putArray("ports"), port);
    SeedObjects.put(api, Resources.ENDPOINTS, KEY, endpoints);

    var slice = named("discovery.k8s.io/v1", "EndpointSlice");
    label(slice, "kubernetes.io/service-name", KEY.name());
    label(slice, "endpointslice.kubernetes.io/managed-by", SELF);
    slice.put("addressType", "IPv4");
    var endpoint = slice.putArray("endpoints").addObject();
    endpoint.putArray("addresses").add(address);
    endpoint.putObject("conditions").put("ready", true).put("serving", true);
    ports(slice.putArray("ports"), port);
    SeedObjects.put(api, Resources.ENDPOINT_SLICES, KEY, slice);
  }

  /** What network policies take the server for: the pod that it is elsewhere. */
  static PolicyPod asPod(String address) {
    return new PolicyPod(
        KEY,
        Map.of("k8s-app", "kube-dns"),
        address,
        Set.of(
            new PolicyPod.NamedPort("dns", Protocol.UDP, PORT),
            new PolicyPod.NamedPort("dns-tcp", Protocol.TCP, PORT)));
  }

  private static void ports(ArrayNode ports, int number) {
    ports.addObject().put("name", "dns").put("protocol", "UDP").put("port", number);
    ports.addObject().put("name", "dns-tcp").put("protocol", "TCP").put("port", number);
  }

  private static ObjectNode named(String apiVersion, String kind) {
    var object = Json.object().put("apiVersion", apiVersion).put("kind", kind);
    object.putObject("metadata").put("name", KEY.name()).put("namespace", KEY.namespace());
    return object;
  }

  private static void label(ObjectNode object, String key, String value) {
    object.withObject("/metadata/labels").put(key, value);
  }
}
