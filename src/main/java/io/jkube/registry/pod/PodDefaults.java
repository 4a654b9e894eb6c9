package io.jkube.registry.pod;

import static io.jkube.registry.Tree.child;
import static io.jkube.registry.Tree.objects;
import static io.jkube.registry.Tree.putIfAbsent;
import static io.jkube.registry.Tree.putIfEmpty;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.registry.Tree;

/**
 * What upstream fills in for a pod, and for a pod template. Rules that show in pods only, not in
 * templates: requests from limits, service links, host ports on the host's network.
 */
public final class PodDefaults {
  /** Upstream's default of {@code spec.terminationGracePeriodSeconds}. */
  static final int GRACE_PERIOD_SECONDS = 30;

  private PodDefaults() {}

  /** Fills in a pod. */
  public static void applyToPod(ObjectNode pod) {
    var spec = child(pod, "spec");
    applyToSpec(spec);
    for (var list : new String[] {"/containers", "/initContainers"}) {
      for (var container : objects(spec, list)) {
        requestsFromLimits(container);
        if (spec.path("hostNetwork").asBoolean()) {
          hostPorts(container);
        }
      }
    }
    if (spec.path("resources") instanceof ObjectNode) {
      requestsFromLimits(spec);
    }
    putIfAbsent(spec, "enableServiceLinks", true);
  }

  /** Fills in the spec of a pod or of a template. */
  public static void applyToSpec(ObjectNode spec) {
    putIfEmpty(spec, "dnsPolicy", "ClusterFirst");
    putIfEmpty(spec, "restartPolicy", "Always");
    putIfEmpty(spec, "schedulerName", "default-scheduler");
    putIfAbsent(spec, "terminationGracePeriodSeconds", GRACE_PERIOD_SECONDS);
    child(spec, "securityContext");
    serviceAccount(spec);
    objects(spec, "/initContainers").forEach(ContainerDefaults::apply);
    objects(spec, "/containers").forEach(ContainerDefaults::apply);
    objects(spec, "/ephemeralContainers").forEach(ContainerDefaults::apply);
    objects(spec, "/volumes").forEach(VolumeDefaults::apply);
  }

  /** The old name of the field follows the new one; alone, it stands for both. */
  private static void serviceAccount(ObjectNode spec) {
    var name = Tree.text(spec, "/serviceAccountName");
    if (name.isEmpty()) {
      name = Tree.text(spec, "/serviceAccount");
    }
    if (!name.isEmpty()) {
      spec.put("serviceAccountName", name).put("serviceAccount", name);
    }
  }

  private static void requestsFromLimits(ObjectNode holder) {
    if (holder.at("/resources/limits") instanceof ObjectNode limits && !limits.isEmpty()) {
      var requests = child(child(holder, "resources"), "requests");
      for (var limit : limits.properties()) {
        if (!requests.has(limit.getKey())) {
          requests.set(limit.getKey(), limit.getValue());
        }
      }
    }
  }

  private static void hostPorts(ObjectNode container) {
    for (var port : objects(container, "/ports")) {
      if (port.path("hostPort").asInt() == 0) {
        port.set("hostPort", port.path("containerPort"));
      }
    }
  }
}
