package io.jkube.kubelet;

import io.jkube.kubelet.container.Sysctls;
import io.jkube.kubelet.staticpod.StaticPodSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What one kubelet is told.
 *
 * @param nodeName also the node's hostname
 * @param nodeAddress the machine's address in the cluster: {@code status.hostIP} of pods
 * @param dataFolder where pods' volumes lie; survives a restart, belongs to this kubelet alone
 * @param version such as {@code v1.35.0+jkube.0.1.0}
 * @param port on which the node serves logs and exec, told in {@code daemonEndpoints}
 * @param labels further labels of the node
 * @param maxPods the node's capacity of pods
 * @param dnsServers for pods with dnsPolicy ClusterFirst; empty: the engine's own resolver
 * @param clusterDomain such as {@code cluster.local}
 * @param layVolumes whether volumes are laid on disk: needless where nothing runs that reads them
 * @param care how the machine is kept usable
 * @param relistPeriod how often the engine is listed to correct what events missed
 * @param sysctls the kernel parameters that pods may set
 * @param staticPods where pods come from beside the API; empty: from nowhere
 */
public record KubeletConfig(
    String nodeName,
    String nodeAddress,
    Path dataFolder,
    String version,
    int port,
    Map<String, String> labels,
    int maxPods,
    List<String> dnsServers,
    String clusterDomain,
    boolean layVolumes,
    NodeCare care,
    Duration relistPeriod,
    Sysctls sysctls,
    Optional<StaticPodSource> staticPods) {
  public static final int DEFAULT_MAX_PODS = 110;
  public static final int DEFAULT_PORT = 10250;
  public static final String DEFAULT_CLUSTER_DOMAIN = "cluster.local";
  public static final Duration DEFAULT_RELIST_PERIOD = Duration.ofSeconds(60);
  private static final Duration RELIST_PERIOD_IN_NAME = Duration.ofMinutes(30);

  public KubeletConfig {
    if (nodeName == null || nodeName.isBlank()) {
      throw new IllegalArgumentException("a kubelet needs a node name");
    }
    Objects.requireNonNull(nodeAddress, "nodeAddress");
    Objects.requireNonNull(dataFolder, "dataFolder");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(sysctls, "sysctls");
    Objects.requireNonNull(staticPods, "staticPods");
    labels = Map.copyOf(labels);
    dnsServers = List.copyOf(dnsServers);
    Objects.requireNonNull(care, "care");
    if (maxPods < 1) {
      throw new IllegalArgumentException("maxPods must be positive, not " + maxPods);
    }
  }

  /** A kubelet with every default. */
  public static KubeletConfig of(
      String nodeName, String nodeAddress, Path dataFolder, String version) {
    return new KubeletConfig(
        nodeName,
        nodeAddress,
        dataFolder,
        version,
        DEFAULT_PORT,
        Map.of(),
        DEFAULT_MAX_PODS,
        List.of(),
        DEFAULT_CLUSTER_DOMAIN,
        true,
        NodeCare.DEFAULT,
        DEFAULT_RELIST_PERIOD,
        Sysctls.SAFE,
        Optional.empty());
  }

  /** This, with a DNS for pods. */
  public KubeletConfig withDns(List<String> servers, String domain) {
    return with(servers, domain, layVolumes, care, relistPeriod, sysctls, staticPods);
  }

  /** This, with other care of the machine. */
  public KubeletConfig withCare(NodeCare other) {
    return with(dnsServers, clusterDomain, layVolumes, other, relistPeriod, sysctls, staticPods);
  }

  /**
   * This, for pods in name only: their volumes are names, too, and an engine in memory loses no
   * event that listing it often would make up for.
   */
  public KubeletConfig inNameOnly() {
    return with(dnsServers, clusterDomain, false, care, RELIST_PERIOD_IN_NAME, sysctls, staticPods);
  }

  /** This, with kernel parameters that pods may set beyond the safe ones. */
  public KubeletConfig withSysctls(Sysctls allowed) {
    return with(dnsServers, clusterDomain, layVolumes, care, relistPeriod, allowed, staticPods);
  }

  /** This, with pods of its own. */
  public KubeletConfig withStaticPods(StaticPodSource source) {
    var pods = Optional.of(source);
    return with(dnsServers, clusterDomain, layVolumes, care, relistPeriod, sysctls, pods);
  }

  private KubeletConfig with(
      List<String> dnsServers,
      String clusterDomain,
      boolean layVolumes,
      NodeCare care,
      Duration relistPeriod,
      Sysctls sysctls,
      Optional<StaticPodSource> staticPods) {
    return new KubeletConfig(
        nodeName,
        nodeAddress,
        dataFolder,
        version,
        port,
        labels,
        maxPods,
        dnsServers,
        clusterDomain,
        layVolumes,
        care,
        relistPeriod,
        sysctls,
        staticPods);
  }
}
