package io.jkube.kubelet.container;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodDNSConfig;
import io.fabric8.kubernetes.api.model.PodDNSConfigOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a pod finds names: its dnsPolicy and dnsConfig, as "DNS for Services and Pods" has them.
 *
 * @param clusterServers the cluster's; empty: ClusterFirst means the engine's own resolver
 * @param clusterDomain such as {@code cluster.local}
 */
public record PodDns(List<String> clusterServers, String clusterDomain) {
  /** No cluster DNS: what a pod does not say is the engine's. */
  public static final PodDns NONE = new PodDns(List.of(), "cluster.local");

  private static final String NDOTS = "ndots:5";

  /** What a resolver is told. */
  public record Settings(List<String> servers, List<String> searches, List<String> options) {}

  public PodDns {
    clusterServers = List.copyOf(clusterServers);
  }

  public Settings of(Pod pod) {
    var dns = new Settings(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    if (asksCluster(pod) && !clusterServers.isEmpty()) {
      dns.servers.addAll(clusterServers);
      var services = "svc." + clusterDomain;
      dns.searches.addAll(
          List.of(pod.getMetadata().getNamespace() + "." + services, services, clusterDomain));
      dns.options.add(NDOTS);
    }
    addOwn(pod.getSpec().getDnsConfig(), dns);
    return dns;
  }

  /**
   * The pod's {@code /etc/resolv.conf}; empty where the engine's is the right one. The engine would
   * put its own server before those it is told of.
   */
  public Optional<String> resolvConf(Pod pod) {
    boolean whole =
        asksCluster(pod) && !clusterServers.isEmpty()
            || "None".equals(pod.getSpec().getDnsPolicy());
    if (!whole) {
      return Optional.empty();
    }
    var dns = of(pod);
    var text = new StringBuilder();
    if (!dns.searches.isEmpty()) {
      text.append("search ").append(String.join(" ", dns.searches)).append('\n');
    }
    dns.servers.forEach(server -> text.append("nameserver ").append(server).append('\n'));
    if (!dns.options.isEmpty()) {
      text.append("options ").append(String.join(" ", dns.options)).append('\n');
    }
    return Optional.of(text.toString());
  }

  private static boolean asksCluster(Pod pod) {
    var policy = pod.getSpec().getDnsPolicy();
    boolean hostNetwork = Boolean.TRUE.equals(pod.getSpec().getHostNetwork());
    return "ClusterFirstWithHostNet".equals(policy)
        || (!hostNetwork && (policy == null || "ClusterFirst".equals(policy)));
  }

  private static void addOwn(PodDNSConfig own, Settings dns) {
    if (own != null) {
      own.getNameservers().stream().filter(s -> !dns.servers.contains(s)).forEach(dns.servers::add);
      own.getSearches().stream().filter(s -> !dns.searches.contains(s)).forEach(dns.searches::add);
      for (var option : own.getOptions()) {
        dns.options.removeIf(known -> known.split(":")[0].equals(option.getName()));
        dns.options.add(text(option));
      }
    }
  }

  private static String text(PodDNSConfigOption option) {
    return option.getValue() == null || option.getValue().isEmpty()
        ? option.getName()
        : option.getName() + ":" + option.getValue();
  }
}
