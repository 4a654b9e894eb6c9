package io.jkube.registry.core;

import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.StoredObjects;
import io.jkube.registry.Tree;
import io.jkube.registry.Violations;
import java.time.InstantSource;
import java.util.List;

/** Gives services their families, their cluster IP and their node ports. */
final class ServiceAllocation {
  private final ClusterIpAllocation addresses;
  private final NodePortAllocation ports;

  ServiceAllocation(InstantSource clock) {
    addresses = new ClusterIpAllocation(clock);
    ports = new NodePortAllocation(clock);
  }

  /** Fills in what the service has not got; what it has is checked against all others. */
  void allocate(ObjectNode service, ObjectNode current, StoredObjects others) {
    addresses.begin();
    ports.begin();
    var spec = Tree.child(service, "spec");
    var type = text(spec, "/type");
    if (type.equals("ExternalName")) {
      release(spec);
      releaseNodePorts(spec, current);
      return;
    }
    var violations = new Violations();
    IpFamilies.settle(spec, violations);
    violations.throwIfAny(Services.KIND, text(service, "/metadata/name"));
    addresses.allocate(service, spec, current, others, violations);
    boolean onNodes =
        type.equals("NodePort")
            || (type.equals("LoadBalancer")
                && spec.path("allocateLoadBalancerNodePorts").asBoolean(true));
    if (onNodes) {
      ports.allocate(service, spec, current, others, violations);
    } else {
      releaseNodePorts(spec, current);
    }
    if (type.equals("LoadBalancer") && text(spec, "/externalTrafficPolicy").equals("Local")) {
      ports.allocateHealthCheck(service, spec, current, others, violations);
    }
    violations.throwIfAny(Services.KIND, text(service, "/metadata/name"));
  }

  /** What another type left behind. */
  private static void releaseNodePorts(ObjectNode spec, ObjectNode current) {
    if (current != null && !current.path("spec").path("type").equals(spec.path("type"))) {
      objects(spec, "/ports").forEach(port -> port.remove("nodePort"));
    }
  }

  /** An external name has neither address nor families. */
  private static void release(ObjectNode spec) {
    spec.remove(List.of("clusterIPs", "ipFamilies", "ipFamilyPolicy"));
    if (!text(spec, "/clusterIP").equals("None")) {
      spec.remove("clusterIP");
    }
  }
}
