package io.jkube.registry.admission;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.GroupVersionResource;
import io.jkube.api.Json;
import io.jkube.api.ObjectKey;
import io.jkube.api.StatusReason;
import io.jkube.api.quota.Amounts;
import io.jkube.registry.StoredObjects;

/**
 * Gives a pod the overhead of its RuntimeClass and sends it to the nodes that have the runtime
 * ("Runtime Class" in the documentation of Kubernetes).
 */
public final class PodRuntimeClass {
  private static final GroupVersionResource CLASSES =
      new GroupVersionResource("node.k8s.io", "v1", "runtimeclasses");

  private PodRuntimeClass() {}

  /**
   * @throws ApiException Forbidden when there is no such class, or the pod contradicts it
   */
  public static void admit(ObjectNode pod, StoredObjects others) {
    var spec = child(pod, "spec");
    var name = text(spec, "/runtimeClassName");
    if (name.isEmpty()) {
      if (spec.path("overhead").size() > 0) {
        throw forbidden(
            pod,
            "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead");
      }
      return;
    }
    var runtime =
        others
            .get(CLASSES, ObjectKey.cluster(name))
            .orElseThrow(
                () -> forbidden(pod, "pod rejected: RuntimeClass \"" + name + "\" not found"));
    setOverhead(pod, spec, runtime.at("/overhead/podFixed"));
    setNodes(pod, spec, runtime.path("scheduling"));
  }

  private static void setOverhead(ObjectNode pod, ObjectNode spec, JsonNode overhead) {
    boolean own = spec.path("overhead").size() > 0;
    if (own && !Amounts.of(spec.path("overhead")).equals(Amounts.of(overhead))) {
      throw forbidden(
          pod, "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
    }
    if (overhead.size() > 0) {
      spec.set("overhead", overhead.deepCopy());
    }
  }

  private static void setNodes(ObjectNode pod, ObjectNode spec, JsonNode scheduling) {
    for (var label : scheduling.path("nodeSelector").properties()) {
      var key = label.getKey();
      var wanted = label.getValue().asText();
      var own = spec.path("nodeSelector").path(key);
      if (own.isTextual() && !own.asText().equals(wanted)) {
        throw forbidden(
            pod,
            "conflict: runtimeClass.scheduling.nodeSelector[%s] = %s; pod.spec.nodeSelector[%s] = %s"
                .formatted(key, wanted, key, own.asText()));
      }
      child(spec, "nodeSelector").put(key, wanted);
    }
    for (var toleration : scheduling.path("tolerations")) {
      boolean there = false;
      for (var own : spec.path("tolerations")) {
        there |= own.equals(toleration);
      }
      if (!there) {
        spec.withArray("tolerations").add(toleration.deepCopy());
      }
    }
  }

  private static ApiException forbidden(ObjectNode pod, String why) {
    var name = text(pod, "/metadata/name");
    return new ApiException(
        StatusReason.FORBIDDEN,
        "pods \"" + name + "\" is forbidden: " + why,
        Json.object().put("name", name).put("kind", "pods"));
  }
}
