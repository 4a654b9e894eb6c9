package io.jkube.registry.core;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.putIfAbsent;
import static io.jkube.registry.Tree.putIfEmpty;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.Tree;

/** What upstream fills in for a service before it has addresses. */
final class ServiceDefaults {
  /** Three hours. */
  private static final int AFFINITY_SECONDS = 10_800;

  private ServiceDefaults() {}

  static void apply(ObjectNode service) {
    var spec = child(service, "spec");
    putIfEmpty(spec, "type", "ClusterIP");
    affinity(spec);
    for (var port : objects(spec, "/ports")) {
      putIfEmpty(port, "protocol", "TCP");
      var target = port.path("targetPort");
      if (Tree.isEmpty(target) || target.isIntegralNumber() && target.asInt() == 0) {
        port.set("targetPort", port.path("port"));
      }
      if (port.path("nodePort").isIntegralNumber() && port.path("nodePort").asInt() == 0) {
        port.remove("nodePort"); // nobody asked for this one: upstream omits zeros
      }
    }
    var type = text(spec, "/type");
    boolean balanced = type.equals("LoadBalancer");
    if (!type.equals("ExternalName")) {
      putIfEmpty(spec, "internalTrafficPolicy", "Cluster");
    }
    if (balanced || type.equals("NodePort") || !spec.path("externalIPs").isEmpty()) {
      putIfEmpty(spec, "externalTrafficPolicy", "Cluster");
    }
    if (balanced) {
      putIfAbsent(spec, "allocateLoadBalancerNodePorts", true);
    }
  }

  /** What a service kept of its former type, untouched, goes with that type. */
  static void dropWhatTheTypeHasNot(ObjectNode updated, ObjectNode current) {
    var spec = child(updated, "spec");
    var before = current.path("spec");
    boolean balanced = text(spec, "/type").equals("LoadBalancer");
    boolean outside =
        balanced || text(spec, "/type").equals("NodePort") || !spec.path("externalIPs").isEmpty();
    if (!outside) {
      dropIfUntouched("externalTrafficPolicy", spec, before);
    }
    if (!balanced) {
      dropIfUntouched("allocateLoadBalancerNodePorts", spec, before);
      dropIfUntouched("loadBalancerClass", spec, before);
      dropIfUntouched("healthCheckNodePort", spec, before);
    }
  }

  private static void dropIfUntouched(String field, ObjectNode spec, JsonNode before) {
    if (spec.has(field) && spec.get(field).equals(before.get(field))) {
      spec.remove(field);
    }
  }

  private static void affinity(ObjectNode spec) {
    putIfEmpty(spec, "sessionAffinity", "None");
    if (text(spec, "/sessionAffinity").equals("None")) {
      spec.remove("sessionAffinityConfig");
    } else if (!spec.at("/sessionAffinityConfig/clientIP").has("timeoutSeconds")) {
      child(child(spec, "sessionAffinityConfig"), "clientIP")
          .put("timeoutSeconds", AFFINITY_SECONDS);
    }
  }
}
