package io.jkube.kubelet.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.jkube.api.MirrorPods;
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

  /** The uid under which the node runs what an object of the API shows. */
  public static String uidOnNode(JsonNode pod) {
    var metadata = pod.path("metadata");
    return MirrorPods.isMirror(pod)
        ? metadata.path("annotations").path(MirrorPods.ANNOTATION).asText()
        : metadata.path("uid").asText();
  }

  /**
   * As whose sandbox and containers the node runs what an object of the API shows. All of it has to
   * be compared: anybody may write any uid into an annotation.
   */
  public static PodRef refOnNode(JsonNode pod) {
    var metadata = pod.path("metadata");
    return new PodRef(
        metadata.path("namespace").asText(), metadata.path("name").asText(), uidOnNode(pod));
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
