package io.jkube.controller.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.controller.runtime.Conditions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a pod is to the services that select it.
 *
 * @param pod its tree, not to be changed
 */
record BackendPod(ObjectNode pod) {
  boolean hasEnded() {
    var phase = pod.at("/status/phase").asText();
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  boolean isTerminating() {
    return pod.path("metadata").hasNonNull("deletionTimestamp");
  }

  boolean isReady() {
    return Conditions.status(pod, "Ready").equals("True");
  }

  /** Its addresses of one family; most pods have one. */
  List<String> addresses(AddressFamily family) {
    var addresses = new ArrayList<String>();
    pod.at("/status/podIPs")
        .forEach(
            each -> {
              if (family.has(each.path("ip").asText())) {
                addresses.add(each.path("ip").asText());
              }
            });
    return addresses;
  }

  boolean hasAddress() {
    return !pod.at("/status/podIPs").isEmpty();
  }

  String nodeName() {
    return pod.at("/spec/nodeName").asText();
  }

  /** The name it has below its service's name; only where its subdomain is that service. */
  Optional<String> hostnameIn(JsonNode service) {
    var hostname = pod.at("/spec/hostname").asText();
    boolean there =
        !hostname.isEmpty()
            && pod.at("/spec/subdomain").asText().equals(service.at("/metadata/name").asText());
    return there ? Optional.of(hostname) : Optional.empty();
  }

  ObjectNode reference() {
    var metadata = pod.path("metadata");
    return Json.object()
        .put("kind", "Pod")
        .put("namespace", metadata.path("namespace").asText())
        .put("name", metadata.path("name").asText())
        .put("uid", metadata.path("uid").asText());
  }

  /** The number that a service port leads to here; none when no container has a port so named. */
  OptionalInt targetPort(JsonNode servicePort) {
    var target = servicePort.path("targetPort");
    if (target.isIntegralNumber()) {
      return OptionalInt.of(target.asInt());
    }
    var protocol = servicePort.path("protocol").asText("TCP");
    for (var container : listening()) {
      for (var port : container.path("ports")) {
        if (port.path("name").asText().equals(target.asText())
            && port.path("protocol").asText("TCP").equals(protocol)) {
          return OptionalInt.of(port.path("containerPort").asInt());
        }
      }
    }
    return OptionalInt.empty();
  }

  /** Containers and sidecars. */
  private List<JsonNode> listening() {
    var containers = new ArrayList<JsonNode>();
    pod.at("/spec/containers").forEach(containers::add);
    for (var init : pod.at("/spec/initContainers")) {
      if (init.path("restartPolicy").asText().equals("Always")) {
        containers.add(init);
      }
    }
    return containers;
  }

  /** Whether the services that select either would see them differently. */
  static boolean differ(ObjectNode before, ObjectNode after) {
    var one = new BackendPod(before);
    var other = new BackendPod(after);
    return one.isReady() != other.isReady()
        || one.isTerminating() != other.isTerminating()
        || one.hasEnded() != other.hasEnded()
        || !Objects.equals(before.at("/status/podIPs"), after.at("/status/podIPs"))
        || !one.nodeName().equals(other.nodeName())
        || !Objects.equals(before.at("/metadata/labels"), after.at("/metadata/labels"));
  }
}
