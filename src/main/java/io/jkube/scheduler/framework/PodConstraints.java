package io.jkube.scheduler.framework;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.placement.NodeAffinityRules;
import io.jkube.api.placement.Toleration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a pod says of where it wants to be. */
record PodConstraints(
    List<Toleration> tolerations,
    NodeAffinityRules nodes,
    PodAffinityRules pods,
    List<SpreadConstraint> spread,
    List<HostPort> hostPorts) {
  PodConstraints {
    tolerations = List.copyOf(tolerations);
    spread = List.copyOf(spread);
    hostPorts = List.copyOf(hostPorts);
  }

  static PodConstraints of(JsonNode spec, String namespace, Map<String, String> labels) {
    var tolerations = new ArrayList<Toleration>();
    spec.path("tolerations").forEach(toleration -> tolerations.add(Toleration.of(toleration)));
    return new PodConstraints(
        tolerations,
        NodeAffinityRules.of(spec),
        PodAffinityRules.of(spec, namespace, labels),
        SpreadConstraint.listOf(spec, labels),
        HostPort.listOf(spec));
  }
}
