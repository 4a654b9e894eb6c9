package io.jkube.kubelet.container;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What stands in a pod's {@code /etc/hosts} (Kubernetes: "Adding entries to Pod /etc/hosts with
 * HostAliases").
 *
 * @param clusterDomain such as {@code cluster.local}
 * @param ofMachine the machine's own, which pods on its network have
 */
public record HostsFile(String clusterDomain, Path ofMachine) {
  /** Where a container has it. */
  public static final String PATH = "/etc/hosts";

  /** Nobody says how the machine's is written: its bytes pass through as they are. */
  public static final Charset CHARSET = StandardCharsets.ISO_8859_1;

  private static final String LOOPBACK =
      """
      # Kubernetes-managed hosts file.
      127.0.0.1\tlocalhost
      ::1\tlocalhost ip6-localhost ip6-loopback
      fe00::0\tip6-localnet
      fe00::0\tip6-mcastprefix
      fe00::1\tip6-allnodes
      fe00::2\tip6-allrouters
      """;

  /**
   * @param address the pod's
   * @throws IOException when the machine's cannot be read
   */
  public String of(Pod pod, String address) throws IOException {
    return Boolean.TRUE.equals(pod.getSpec().getHostNetwork())
        ? "# Kubernetes-managed hosts file (host network).\n" + machine() + aliases(pod)
        : LOOPBACK + address + '\t' + names(pod) + '\n' + aliases(pod);
  }

  private String machine() throws IOException {
    return Files.exists(ofMachine) ? Files.readString(ofMachine, CHARSET) : "";
  }

  private String names(Pod pod) {
    var name = PodNames.hostname(pod);
    return PodNames.domain(pod, clusterDomain)
        .map(domain -> name + "." + domain + "\t" + name)
        .orElse(name);
  }

  private static String aliases(Pod pod) {
    var aliases = pod.getSpec().getHostAliases();
    if (aliases.isEmpty()) {
      return "";
    }
    var text = new StringBuilder("\n# Entries added by HostAliases.\n");
    for (var alias : aliases) {
      text.append(alias.getIp()).append('\t');
      text.append(String.join("\t", alias.getHostnames())).append('\n');
    }
    return text.toString();
  }
}
