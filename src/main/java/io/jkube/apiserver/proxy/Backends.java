package io.jkube.apiserver.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.ObjectKey;
import io.jkube.api.Resources;
import io.jkube.api.StatusReason;
import io.jkube.api.stream.Link;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.storage.StoredObject;
import io.jkube.apiserver.subresource.KubeletConnection;
import io.jkube.registry.Tree;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Where a pod, a service or a node listens. */
record Backends(ObjectStore objects, KubeletConnection kubelets) {
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  /** Its first port, where none is told. */
  Backend pod(ObjectKey key, ProxyName name) {
    var pod = objects.require(Resources.PODS, key).tree();
    int port = name.port().isEmpty() ? firstPort(pod, name.tls()) : ProxyName.number(name.port());
    if (port == 0) {
      throw ApiException.badRequest("invalid pod request: no port \"" + name.port() + "\"");
    }
    if (Tree.text(pod, "/status/podIP").isEmpty()) {
      throw notAllowed();
    }
    return toPod(pod, port, name.tls());
  }

  private static int firstPort(ObjectNode pod, boolean tls) {
    for (var container : pod.at("/spec/containers")) {
      int port = container.at("/ports/0/containerPort").asInt();
      if (port > 0) {
        return port;
      }
    }
    return tls ? HTTPS_PORT : HTTP_PORT;
  }

  /** One of the ready addresses behind it; by the name or number of one of its ports. */
  Backend service(ObjectKey key, ProxyName name) {
    var service = objects.require(Resources.SERVICES, key).tree();
    var port = servicePort(service, name);
    var endpoints = objects.get(Resources.ENDPOINTS, key).map(StoredObject::tree);
    var found = new ArrayList<Backend>();
    for (var subset :
        endpoints.map(tree -> tree.path("subsets")).orElse(MissingNode.getInstance())) {
      for (var candidate : subset.path("ports")) {
        if (candidate.path("name").asText("").equals(port)) {
          for (var address : subset.path("addresses")) {
            found.add(toAddress(address, candidate.path("port").asInt(), name.tls()));
          }
        }
      }
    }
    if (found.isEmpty()) {
      throw new ApiException(
          StatusReason.SERVICE_UNAVAILABLE,
          "no endpoints available for service \"" + name.name() + "\"");
    }
    return found.get(ThreadLocalRandom.current().nextInt(found.size()));
  }

  /** The name of a port, which is empty for the only one without. */
  private static String servicePort(ObjectNode service, ProxyName name) {
    var ports = service.at("/spec/ports");
    if (name.port().isEmpty()) {
      return ports.size() == 1 ? ports.get(0).path("name").asText("") : "";
    }
    int number = ProxyName.number(name.port());
    if (number == 0) {
      return name.port();
    }
    for (var port : ports) {
      if (port.path("port").asInt() == number) {
        return port.path("name").asText("");
      }
    }
    throw new ApiException(
        StatusReason.SERVICE_UNAVAILABLE,
        "no service port %d found for service \"%s\"".formatted(number, name.name()));
  }

  /** Pods are reached through the kubelets of their nodes, whatever else by its address. */
  private Backend toAddress(JsonNode address, int port, boolean tls) {
    if (address.at("/targetRef/kind").asText().equals("Pod")) {
      var key =
          new ObjectKey(
              address.at("/targetRef/namespace").asText(), address.at("/targetRef/name").asText());
      Optional<StoredObject> pod = objects.get(Resources.PODS, key);
      if (pod.isPresent()) {
        return toPod(pod.get().tree(), port, tls);
      }
    }
    var ip = address.path("ip").asText();
    requireProxyable(ip);
    return () -> Sockets.connect(ip, port, tls);
  }

  private Backend toPod(ObjectNode pod, int port, boolean tls) {
    if (tls || pod.at("/spec/hostNetwork").asBoolean()) {
      var ip = Tree.text(pod, "/status/podIP");
      requireProxyable(ip);
      return () -> Sockets.connect(ip, port, tls);
    }
    return () -> dial(pod, port);
  }

  private Link dial(ObjectNode pod, int port) throws IOException {
    try {
      return kubelets
          .portForward(
              Tree.text(pod, "/spec/nodeName"),
              Tree.text(pod, "/metadata/namespace"),
              Tree.text(pod, "/metadata/name"))
          .to(port);
    } catch (ApiException refused) {
      throw new IOException(refused.getMessage(), refused);
    }
  }

  /** Whether it is the node's kubelet that is asked, not something else on its machine. */
  boolean isKubelet(ProxyName name) {
    var node = objects.require(Resources.NODES, ObjectKey.cluster(name.name())).tree();
    return name.port().isEmpty() || ProxyName.number(name.port()) == kubeletPort(node);
  }

  private static int kubeletPort(ObjectNode node) {
    return node.at("/status/daemonEndpoints/kubeletEndpoint/Port").asInt();
  }

  /** The address of a node. */
  Backend node(ProxyName name) {
    var node = objects.require(Resources.NODES, ObjectKey.cluster(name.name())).tree();
    int port = ProxyName.number(name.port());
    if (port == 0) {
      throw ApiException.badRequest("invalid node request: no port \"" + name.port() + "\"");
    }
    for (var address : node.at("/status/addresses")) {
      if (address.path("type").asText().equals("InternalIP")) {
        var ip = address.path("address").asText();
        requireProxyable(ip);
        return () -> Sockets.connect(ip, port, name.tls());
      }
    }
    throw notAllowed();
  }

  /** An address that means this machine, or its neighbour on the wire, is nobody's to tell. */
  private static void requireProxyable(String ip) {
    try {
      var address = InetAddress.ofLiteral(ip);
      if (address.isLoopbackAddress()
          || address.isLinkLocalAddress()
          || address.isMulticastAddress()
          || address.isAnyLocalAddress()) {
        throw notAllowed();
      }
    } catch (IllegalArgumentException malformed) {
      throw notAllowed();
    }
  }

  private static ApiException notAllowed() {
    return ApiException.badRequest("address not allowed");
  }
}
