package io.jkube.registry.apiregistration;

import static java.util.Map.entry;

import java.util.Map;

/**
 * Where the groups that are served here stand in discovery, by the numbers upstream gives them: the
 * higher, the nearer to the front.
 */
public final class GroupPriorities {
  /** Of a group that stands in no list: one of custom resources. */
  public static final int CUSTOM_GROUP = 1000;

  /** Of every version of custom resources: their names decide. */
  public static final int CUSTOM_VERSION = 100;

  private static final int STABLE = 15;

  private static final Map<String, Integer> GROUPS =
      Map.ofEntries(
          entry("", 18_000),
          entry("apiregistration.k8s.io", 17_900),
          entry("apps", 17_800),
          entry("events.k8s.io", 17_750),
          entry("authentication.k8s.io", 17_700),
          entry("authorization.k8s.io", 17_600),
          entry("autoscaling", 17_500),
          entry("batch", 17_400),
          entry("certificates.k8s.io", 17_300),
          entry("networking.k8s.io", 17_200),
          entry("policy", 17_100),
          entry("rbac.authorization.k8s.io", 17_000),
          entry("storage.k8s.io", 16_800),
          entry("apiextensions.k8s.io", 16_700),
          entry("admissionregistration.k8s.io", 16_700),
          entry("scheduling.k8s.io", 16_600),
          entry("coordination.k8s.io", 16_500),
          entry("node.k8s.io", 16_300),
          entry("discovery.k8s.io", 16_200),
          entry("resource.k8s.io", 16_150),
          entry("flowcontrol.apiserver.k8s.io", 16_100),
          entry("metrics.k8s.io", 100));

  private static final Map<String, Integer> VERSIONS =
      Map.ofEntries(
          entry("/v1", 1),
          entry("autoscaling/v2", 30),
          entry("resource.k8s.io/v1", 20),
          entry("flowcontrol.apiserver.k8s.io/v1", 21));

  private GroupPriorities() {}

  public static int ofGroup(String group) {
    return GROUPS.getOrDefault(group, CUSTOM_GROUP);
  }

  /** Within its group. */
  public static int ofVersion(String group, String version) {
    boolean custom = !GROUPS.containsKey(group);
    return VERSIONS.getOrDefault(group + "/" + version, custom ? CUSTOM_VERSION : STABLE);
  }
}
