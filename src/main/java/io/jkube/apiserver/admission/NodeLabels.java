package io.jkube.apiserver.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.Json;
import java.util.Set;
import java.util.TreeSet;

/** Which labels a node may give itself: others would steer pods to it that are not meant for it. */
final class NodeLabels {
  private static final String RESTRICTED = "node-restriction.kubernetes.io";

  /** Kubernetes' own that describe a node. */
  private static final Set<String> OWN =
      Set.of(
          "kubernetes.io/hostname",
          "kubernetes.io/arch",
          "kubernetes.io/os",
          "beta.kubernetes.io/instance-type",
          "node.kubernetes.io/instance-type",
          "failure-domain.beta.kubernetes.io/region",
          "failure-domain.beta.kubernetes.io/zone",
          "topology.kubernetes.io/region",
          "topology.kubernetes.io/zone",
          "beta.kubernetes.io/arch",
          "beta.kubernetes.io/os",
          "node.kubernetes.io/windows-build");

  /** Whose labels, below whichever name, are the kubelet's. */
  private static final Set<String> OWN_DOMAINS =
      Set.of("kubelet.kubernetes.io", "node.kubernetes.io");

  private NodeLabels() {}

  /**
   * @param current null when the node is made
   * @return the labels that differ and that no node may set, change or remove
   */
  static Set<String> forbidden(ObjectNode next, ObjectNode current) {
    var after = labels(next);
    var before = current == null ? Json.object() : labels(current);
    var changed = new TreeSet<String>();
    after.fieldNames().forEachRemaining(changed::add);
    before.fieldNames().forEachRemaining(changed::add);
    changed.removeIf(key -> after.path(key).equals(before.path(key)) || !isForbidden(key));
    return changed;
  }

  private static boolean isForbidden(String key) {
    int slash = key.indexOf('/');
    var domain = slash < 0 ? "" : key.substring(0, slash);
    if (isOf(domain, RESTRICTED)) {
      return true;
    }
    boolean kubernetes = isOf(domain, "kubernetes.io") || isOf(domain, "k8s.io");
    return kubernetes
        && !OWN.contains(key)
        && OWN_DOMAINS.stream().noneMatch(own -> isOf(domain, own));
  }

  private static boolean isOf(String domain, String parent) {
    return domain.equals(parent) || domain.endsWith("." + parent);
  }

  private static ObjectNode labels(ObjectNode node) {
    return node.at("/metadata/labels") instanceof ObjectNode labels ? labels : Json.object();
  }
}
