package io.jkube.registry.admission;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.StatusReason;
import io.jkube.registry.StoredObjects;
import java.util.Map;
import java.util.Optional;

/**
 * Turns the name of a pod's priority class into its number; without a name, the default class's.
 */
public final class PodPriority {
  private static final GroupVersionResource CLASSES =
      new GroupVersionResource("scheduling.k8s.io", "v1", "priorityclasses");

  /** Classes that exist without being stored ("Guaranteed Scheduling For Critical Pods"). */
  private static final Map<String, Integer> SYSTEM_CLASSES =
      Map.of("system-node-critical", 2_000_001_000, "system-cluster-critical", 2_000_000_000);

  private PodPriority() {}

  /**
   * @throws ApiException Forbidden when there is no such class, or the pod states another number
   */
  public static void admit(ObjectNode pod, StoredObjects others) {
    if (!(pod.at("/spec") instanceof ObjectNode spec)) {
      return;
    }
    var name = text(spec, "/priorityClassName");
    var found = name.isEmpty() ? defaultClass(others) : Optional.of(named(name, pod, others));
    if (name.isEmpty()) {
      found.ifPresent(each -> spec.put("priorityClassName", text(each, "/metadata/name")));
    }
    int priority = found.map(each -> each.path("value").asInt()).orElse(0);
    if (spec.has("priority") && spec.path("priority").asInt() != priority) {
      throw forbidden(
          pod,
          "the integer value of priority ("
              + spec.path("priority").asInt()
              + ") must not be provided in pod spec; priority admission controller computed "
              + priority
              + " from the given PriorityClass name");
    }
    spec.put("priority", priority);
    if (!spec.has("preemptionPolicy")) {
      var policy = found.map(each -> text(each, "/preemptionPolicy")).orElse("");
      spec.put("preemptionPolicy", policy.isEmpty() ? "PreemptLowerPriority" : policy);
    }
  }

  private static Optional<ObjectNode> defaultClass(StoredObjects others) {
    return others.list(CLASSES).stream()
        .filter(each -> each.path("globalDefault").asBoolean())
        .findFirst();
  }

  private static ObjectNode named(String name, ObjectNode pod, StoredObjects others) {
    var stored = others.get(CLASSES, ObjectKey.cluster(name));
    if (stored.isPresent()) {
      return stored.get();
    }
    var value = SYSTEM_CLASSES.get(name);
    if (value == null) {
      throw forbidden(pod, "no PriorityClass with name " + name + " was found");
    }
    return Json.object().put("value", value);
  }

  private static ApiException forbidden(ObjectNode pod, String why) {
    var name = text(pod, "/metadata/name");
    return new ApiException(StatusReason.FORBIDDEN, "pods \"" + name + "\" is forbidden: " + why);
  }
}
