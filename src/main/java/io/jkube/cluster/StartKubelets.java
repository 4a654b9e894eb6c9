package io.jkube.cluster;

import io.jkube.apiserver.request.UserInfo;
import io.jkube.client.ApiClient;
import io.jkube.kubelet.Kubelet;
import io.jkube.kubelet.KubeletConfig;
import io.jkube.kubelet.NodeCare;
import io.jkube.kubelet.runtime.docker.DockerCluster;
import io.jkube.kubelet.staticpod.StaticPodSource;
import io.jkube.network.nft.NftProxy;
import java.nio.file.Files;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Starts a kubelet a node, side by side, each under its node's name. */
final class StartKubelets implements StartupStep {
  private static final String STATIC_PODS = "pod-manifest-path";

  @Override
  public String title() {
    return "Start the kubelets";
  }

  @Override
  public Set<Class<? extends StartupStep>> needs() {
    return Set.of(FindEngine.class, SeedObjects.class, SeedRoles.class);
  }

  @Override
  public void start(Parts parts) throws Exception {
    var starts = new ArrayList<Callable<Void>>();
    for (var node : parts.nodeNames()) {
      var kubelet = kubelet(parts, node);
      parts.kubelets.connect(node, new KubeletOfThisProcess(kubelet));
      parts.runningKubelets.add(kubelet);
      starts.add(
          () -> {
            kubelet.start();
            return null;
          });
    }
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> started : executor.invokeAll(starts)) {
        started.get();
      }
    } catch (ExecutionException failure) {
      stop(parts);
      throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
    }
  }

  @Override
  public void stop(Parts parts) {
    for (var kubelet : List.copyOf(parts.runningKubelets)) {
      parts.kubelets.disconnect(kubelet.nodeName());
      kubelet.close();
      parts.runningKubelets.remove(kubelet);
    }
  }

  private static Kubelet kubelet(Parts parts, String node) throws StartupFailure {
    var config =
        KubeletConfig.of(
                node,
                HostAddress.ofThisMachine(),
                parts.folder.path().resolve("kubelet").resolve(node),
                ClusterVersion.KUBERNETES)
            .withCare(NodeCare.of(parts.settings.options()))
            .withDns(dnsServers(parts), ServiceNetwork.CLUSTER_DOMAIN)
            .withSysctls(parts.settings.sysctls());
    if (node.equals(parts.settings.nodeName(0)) && parts.settings.file(STATIC_PODS).isPresent()) {
      config = config.withStaticPods(staticPods(parts));
    }
    var user = UserInfo.of("system:node:" + node, "system:nodes");
    return new Kubelet(
        isDocker(parts) ? config : config.inNameOnly(),
        new ApiClient(parts.transport(user, "kubelet")),
        parts.engine.runtime(node),
        parts.clock.withZone(ZoneOffset.UTC),
        parts.traces);
  }

  /** Of the first node, which stands for a machine of the control plane. */
  private static StaticPodSource staticPods(Parts parts) throws StartupFailure {
    var folder = parts.settings.file(STATIC_PODS).orElseThrow();
    if (!Files.isDirectory(folder)) {
      throw new StartupFailure(
          StartupFailure.Kind.OTHER, "--" + STATIC_PODS + " " + folder + ": no such folder", null);
    }
    return new StaticPodSource(folder, new StaticPodReader(parts.clock));
  }

  /** Pods ask the cluster's DNS where something leads them to its Service. */
  private static List<String> dnsServers(Parts parts) {
    return switch (parts.engine) {
      case ContainerEngine.Fake none -> List.of();
      case ContainerEngine.Docker docker ->
          obstacle(docker.cluster()).isEmpty() ? List.of(parts.services.dns()) : List.of();
    };
  }

  /** Root's engine is on this machine; that of others may be in a machine of its own: look. */
  private static Optional<String> obstacle(DockerCluster cluster) {
    return NftProxy.isRoot()
        ? NftProxy.obstacle()
        : NftProxy.obstacle().or(() -> NftProxy.obstacle(cluster.network().bridge()));
  }

  private static boolean isDocker(Parts parts) {
    return parts.settings.runtime() == StartSettings.Runtime.DOCKER;
  }
}
