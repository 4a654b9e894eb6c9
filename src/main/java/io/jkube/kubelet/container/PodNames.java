package io.jkube.kubelet.container;

import io.fabric8.kubernetes.api.model.Pod;
import io.jkube.kubelet.runtime.ContainerRuntime.PodRef;
import java.util.Optional;

/** How a pod is called in messages and to the engine. */
public final class PodNames {
  private static final int MAX_HOSTNAME = 63;

  private PodNames() {}

  /** {@code name_namespace(uid)}, as upstream's messages have it. */
  public static String full(Pod pod) {
    var metadata = pod.getMetadata();
    return metadata.getName() + "_" + metadata.getNamespace() + "(" + metadata.getUid() + ")";
  }

  public static PodRef ref(Pod pod) {
    var metadata = pod.getMetadata();
    return new PodRef(metadata.getNamespace(), metadata.getName(), metadata.getUid());
  }

  /**
   * {@code spec.hostnameOverride}, else {@code spec.hostname}, else the pod's name cut to a valid
   * host name.
   */
  public static String hostname(Pod pod) {
    if (isOverridden(pod)) {
      return pod.getSpec().getHostnameOverride();
    }
    var said = pod.getSpec().getHostname();
    var name = said == null || said.isEmpty() ? pod.getMetadata().getName() : said;
    var cut = name.length() <= MAX_HOSTNAME ? name : name.substring(0, MAX_HOSTNAME);
    return cut.replaceAll("[-.]+$", "");
  }

  /** What follows the pod's hostname where it has a subdomain. */
  public static Optional<String> domain(Pod pod, String clusterDomain) {
    var subdomain = pod.getSpec().getSubdomain();
    boolean none = subdomain == null || subdomain.isEmpty() || isOverridden(pod);
    return none
        ? Optional.empty()
        : Optional.of(
            String.join(".", subdomain, pod.getMetadata().getNamespace(), "svc", clusterDomain));
  }

  private static boolean isOverridden(Pod pod) {
    var override = pod.getSpec().getHostnameOverride();
    return override != null && !override.isEmpty();
  }
}
