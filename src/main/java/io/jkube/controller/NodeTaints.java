package io.jkube.controller;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import io.jkube.controller.runtime.Conditions;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The taints that follow from a node's conditions; all others are left as they are. */
final class NodeTaints {
  private static final String NOT_READY = "node.kubernetes.io/not-ready";
  private static final String UNREACHABLE = "node.kubernetes.io/unreachable";
  private static final String UNSCHEDULABLE = "node.kubernetes.io/unschedulable";

  /** Conditions that keep new pods away while they are True. */
  private static final Map<String, String> PRESSURE =
      Map.of(
          "MemoryPressure", "node.kubernetes.io/memory-pressure",
          "DiskPressure", "node.kubernetes.io/disk-pressure",
          "PIDPressure", "node.kubernetes.io/pid-pressure",
          "NetworkUnavailable", "node.kubernetes.io/network-unavailable");

  private static final Set<String> KEYS = keys();

  private record Taint(String key, String effect) {}

  private NodeTaints() {}

  /** The node's taints as they should be; those that stay keep their place and time. */
  static ArrayNode of(ObjectNode node, String now) {
    var missing = wanted(node);
    var taints = Json.array();
    for (var taint : node.at("/spec/taints")) {
      var known = new Taint(taint.path("key").asText(), taint.path("effect").asText());
      if (missing.remove(known) || !isOurs(node, known)) {
        taints.add(taint.deepCopy());
      }
    }
    for (var taint : missing) {
      var added = taints.addObject().put("key", taint.key()).put("effect", taint.effect());
      if (taint.effect().equals("NoExecute")) {
        added.put("timeAdded", now);
      }
    }
    return taints;
  }

  private static Set<Taint> wanted(ObjectNode node) {
    var wanted = new HashSet<Taint>();
    var ready = Conditions.status(node, "Ready");
    if (ready.equals("False") || ready.equals("Unknown")) {
      var key = ready.equals("False") ? NOT_READY : UNREACHABLE;
      wanted.add(new Taint(key, "NoSchedule"));
      wanted.add(new Taint(key, "NoExecute"));
    }
    PRESSURE.forEach(
        (condition, key) -> {
          if (Conditions.status(node, condition).equals("True")) {
            wanted.add(new Taint(key, "NoSchedule"));
          }
        });
    if (node.at("/spec/unschedulable").asBoolean()) {
      wanted.add(new Taint(UNSCHEDULABLE, "NoSchedule"));
    }
    return wanted;
  }

  /** A node that never said whether it is ready keeps the taints it registered with. */
  private static boolean isOurs(ObjectNode node, Taint taint) {
    boolean silent = Conditions.status(node, "Ready").isEmpty();
    boolean ofReadiness = taint.key().equals(NOT_READY) || taint.key().equals(UNREACHABLE);
    return KEYS.contains(taint.key()) && !(silent && ofReadiness);
  }

  private static Set<String> keys() {
    var keys = new HashSet<>(PRESSURE.values());
    keys.addAll(Set.of(NOT_READY, UNREACHABLE, UNSCHEDULABLE));
    return Set.copyOf(keys);
  }
}
