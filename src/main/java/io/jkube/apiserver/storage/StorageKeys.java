package io.jkube.apiserver.storage;

import io.jkube.api.GroupVersionResource;
import io.jkube.api.ObjectKey;
import java.util.Map;

/** Where objects stand in the store: as Kubernetes lays them in etcd, so that tools find them. */
public final class StorageKeys {
  /** What every key starts with. */
  public static final String ROOT = "/registry/";

  /** Resources whose place has historical reasons. */
  private static final Map<String, String> SPECIAL =
      Map.of(
          "services", "services/specs",
          "endpoints", "services/endpoints",
          "nodes", "minions",
          "leases.coordination.k8s.io", "leases",
          "endpointslices.discovery.k8s.io", "endpointslices",
          "ingresses.networking.k8s.io", "ingress",
          "events.events.k8s.io", "events");

  /** Groups whose resources stand directly under the root, as the core group's do. */
  private static final java.util.Set<String> PLAIN_GROUPS =
      java.util.Set.of(
          "",
          "apps",
          "batch",
          "autoscaling",
          "policy",
          "rbac.authorization.k8s.io",
          "networking.k8s.io",
          "storage.k8s.io",
          "scheduling.k8s.io",
          "node.k8s.io",
          "certificates.k8s.io",
          "admissionregistration.k8s.io",
          "discovery.k8s.io",
          "coordination.k8s.io",
          "resource.k8s.io",
          "flowcontrol.apiserver.k8s.io",
          "events.k8s.io");

  private StorageKeys() {}

  /** {@code /registry/pods/}: what the keys of a resource start with. */
  public static String prefix(GroupVersionResource resource) {
    var special = SPECIAL.get(resource.groupResource());
    if (special != null) {
      return ROOT + special + "/";
    }
    return PLAIN_GROUPS.contains(resource.group())
        ? ROOT + resource.resource() + "/"
        : ROOT + resource.group() + "/" + resource.resource() + "/";
  }

  /** {@code /registry/pods/default/}: what the keys of one namespace start with. */
  static String prefix(GroupVersionResource resource, String namespace) {
    return namespace.isEmpty() ? prefix(resource) : prefix(resource) + namespace + "/";
  }

  static String key(GroupVersionResource resource, ObjectKey key) {
    return prefix(resource, key.namespace()) + key.name();
  }

  static String name(String key) {
    return key.substring(key.lastIndexOf('/') + 1);
  }

  /** Empty for an object of no namespace. */
  static String namespace(GroupVersionResource resource, String key) {
    int from = prefix(resource).length();
    int to = key.lastIndexOf('/');
    return to < from ? "" : key.substring(from, to);
  }
}
