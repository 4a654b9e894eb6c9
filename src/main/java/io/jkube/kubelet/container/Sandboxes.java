package io.jkube.kubelet.container;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import io.jkube.kubelet.runtime.ContainerRuntime.PortMapping;
import io.jkube.kubelet.runtime.ContainerRuntime.SandboxSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the engine is told of a pod as a whole: names, namespaces, resolver, host ports.
 *
 * @param nodeName the hostname of pods on the host's network
 * @param userNamespaces whether the engine gives containers user namespaces of their own
 */
public record Sandboxes(
    String nodeName, PodDns podDns, ObjectLookup objects, boolean userNamespaces) {
  /**
   * @throws ConfigFailure when the pod's RuntimeClass is not there
   */
  public SandboxSpec of(Pod pod, int attempt) {
    var spec = pod.getSpec();
    boolean hostNetwork = isTrue(spec.getHostNetwork());
    var dns = podDns.of(pod);
    return new SandboxSpec(
        PodNames.ref(pod),
        attempt,
        hostNetwork ? nodeName : hostname(pod),
        labels(pod),
        hostNetwork,
        isTrue(spec.getHostPID()),
        isTrue(spec.getHostIPC()),
        isTrue(spec.getShareProcessNamespace()),
        dns.servers(),
        dns.searches(),
        dns.options(),
        Sysctls.of(pod),
        hostNetwork ? List.of() : published(pod),
        "",
        userNamespaces && !Boolean.FALSE.equals(spec.getHostUsers()),
        handler(spec.getRuntimeClassName()));
  }

  private String handler(String runtimeClass) {
    if (runtimeClass == null || runtimeClass.isEmpty()) {
      return "";
    }
    return objects
        .runtimeClass(runtimeClass)
        .orElseThrow(() -> new ConfigFailure("RuntimeClass \"" + runtimeClass + "\" not found"))
        .path("handler")
        .asText();
  }

  private String hostname(Pod pod) {
    var name = PodNames.hostname(pod);
    return isTrue(pod.getSpec().getSetHostnameAsFQDN())
        ? PodNames.domain(pod, podDns.clusterDomain())
            .map(domain -> name + "." + domain)
            .orElse(name)
        : name;
  }

  private static Map<String, String> labels(Pod pod) {
    var labels = pod.getMetadata().getLabels();
    return labels == null ? Map.of() : labels;
  }

  private static List<PortMapping> published(Pod pod) {
    return Stream.concat(
            pod.getSpec().getInitContainers().stream().filter(Containers::isSidecar),
            pod.getSpec().getContainers().stream())
        .map(Container::getPorts)
        .flatMap(List::stream)
        .filter(port -> port.getHostPort() != null && port.getHostPort() > 0)
        .map(Sandboxes::mapping)
        .toList();
  }

  private static PortMapping mapping(ContainerPort port) {
    return new PortMapping(
        port.getHostIP() == null ? "" : port.getHostIP(),
        port.getHostPort(),
        port.getContainerPort(),
        port.getProtocol() == null ? "TCP" : port.getProtocol());
  }

  private static boolean isTrue(Boolean flag) {
    return Boolean.TRUE.equals(flag);
  }
}
