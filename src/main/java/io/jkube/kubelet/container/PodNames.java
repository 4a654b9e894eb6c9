package io.jkube.kubelet.container;

import io.fabric8.kubernetes.api.model.Pod;
import io.jkube.kubelet.runtime.ContainerRuntime.PodRef;

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

  /** {@code spec.hostname}, else the pod's name cut to a valid host name. */
  public static String hostname(Pod pod) {
    var said = pod.getSpec().getHostname();
    var name = said == null || said.isEmpty() ? pod.getMetadata().getName() : said;
    var cut = name.length() <= MAX_HOSTNAME ? name : name.substring(0, MAX_HOSTNAME);
    return cut.replaceAll("[-.]+$", "");
  }
}
