package io.jkube.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.util.ArrayList;
import java.util.List;

/** Services without selectors and the slices that say who serves them. */
record ServiceObjects(RunningCluster cluster) {
  static final int MANY = 100;
  static final int ENDPOINTS = 10;
  static final String SERVICES = "/api/v1/namespaces/default/services";
  static final String KUBE_DNS = "/api/v1/namespaces/kube-system/services/kube-dns";
  static final String KUBE_DNS_SLICE =
      "/apis/discovery.k8s.io/v1/namespaces/kube-system/endpointslices/kube-dns";
  private static final String SLICES =
      "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices";
  private static final int PORT = 80;

  /**
   * {@code svc-0} to {@code svc-99}; nobody lives at their endpoints, and nothing is sent there.
   */
  void createMany() {
    for (int i = 0; i < MANY; i++) {
      var name = "svc-" + i;
      create(name, "ClusterIP", PORT);
      var addresses = new ArrayList<String>();
      for (int endpoint = 0; endpoint < ENDPOINTS; endpoint++) {
        addresses.add("198.18." + i + "." + (endpoint + 1));
      }
      slice(name, addresses, PORT);
    }
  }

  /** Answers the cluster IP. */
  String create(String name, String type, int port) {
    var service = service(name, port);
    service.withObject("spec").put("type", type);
    return cluster.send("POST", SERVICES, service).at("/spec/clusterIP").asText();
  }

  void createHeadless(String name, int port) {
    var service = service(name, port);
    service.withObject("spec").put("clusterIP", "None");
    cluster.send("POST", SERVICES, service);
  }

  private static ObjectNode service(String name, int port) {
    var service = Json.object().put("apiVersion", "v1").put("kind", "Service");
    service.putObject("metadata").put("name", name);
    service.putObject("spec").putArray("ports").addObject().put("port", port);
    return service;
  }

  /** Makes the one slice of a service. */
  void slice(String service, List<String> addresses, int port) {
    cluster.send("POST", SLICES, sliceOf(service, addresses, port));
  }

  /** Says anew who serves it. */
  void replace(String service, List<String> addresses, int port) {
    cluster.send("PUT", SLICES + "/" + service, sliceOf(service, addresses, port));
  }

  private static ObjectNode sliceOf(String service, List<String> addresses, int port) {
    var slice = Json.object().put("apiVersion", "discovery.k8s.io/v1").put("kind", "EndpointSlice");
    var labels = slice.putObject("metadata").put("name", service).putObject("labels");
    labels.put("kubernetes.io/service-name", service);
    slice.put("addressType", "IPv4");
    slice.putArray("ports").addObject().put("name", "").put("port", port);
    var endpoints = slice.putArray("endpoints");
    addresses.forEach(each -> endpoints.addObject().putArray("addresses").add(each));
    return slice;
  }
}
