package io.jkube.cluster;

import io.jkube.apiserver.request.UserInfo;
import io.jkube.client.ApiClient;
import io.jkube.cluster.folder.PrivateFiles;
import io.jkube.controller.ControllerList;
import io.jkube.kubelet.runtime.docker.DockerCluster;
import io.jkube.kubelet.runtime.docker.PodNetwork;
import io.jkube.network.PolicyNetworking;
import io.jkube.network.ServiceInformers;
import io.jkube.network.ServiceNetworking;
import io.jkube.network.TableConsumer;
import io.jkube.network.dns.DnsServer;
import io.jkube.network.forward.HealthChecks;
import io.jkube.network.forward.LoadBalancers;
import io.jkube.network.forward.LoopbackProxy;
import io.jkube.network.nft.NftPolicies;
import io.jkube.network.nft.NftProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service network of a cluster on Docker. Comes up on a thread of its own, as making the pods'
 * network is the engine's work; what it has opened is guarded by itself.
 */
final class ClusterNetwork implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterNetwork.class);
  private static final int DNS_PORT = 53;

  /** Where systemd-resolved, whose own address pods cannot reach, tells of the real servers. */
  private static final Path BEHIND_RESOLVED = Path.of("/run/systemd/resolve/resolv.conf");

  private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");

  private final Parts parts;
  private final DockerCluster cluster;
  private final ApiClient client;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Thread thread;
  private boolean closed;

  ClusterNetwork(Parts parts, DockerCluster cluster, ApiClient client) {
    this.parts = parts;
    this.cluster = cluster;
    this.client = client;
    this.thread = Thread.ofVirtual().name("cluster-network").unstarted(this::comeUp);
  }

  ClusterNetwork begin() {
    thread.start();
    return this;
  }

  private void comeUp() {
    try {
      var pods = cluster.network();
      var informers = new ServiceInformers(client, client(ServiceInformers.PLACING));
      var rights = NetworkRights.of(cluster, parts.settings.name());
      own(rights);
      var networking = new ServiceNetworking(informers, consumers(pods, informers, rights));
      own(networking);
      networking.start();
      publish(pods, informers);
      holdPolicies(pods, rights);
    } catch (IOException | RuntimeException failure) {
      LOG.error("services are not reachable", failure);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** In this order: who has a load balancer's port is known when its status is written. */
  private List<TableConsumer> consumers(
      PodNetwork pods, ServiceInformers informers, NetworkRights rights) throws IOException {
    var consumers = new ArrayList<TableConsumer>();
    var obstacle = NftProxy.obstacle(pods.bridge());
    if (obstacle.isEmpty()) {
      var cluster = parts.settings.name();
      consumers.add(
          NftProxy.of(rights, cluster, pods.bridge(), pods.subnet(), parts.services.range()));
    } else {
      LOG.warn("no rules for services in the kernel: {}", obstacle.get());
    }
    PrivateFiles.write(
        parts.folder.services(), mode(obstacle, rights).getBytes(StandardCharsets.UTF_8));
    var loopback = new LoopbackProxy();
    own(loopback);
    consumers.add(loopback);
    var checks = new HealthChecks();
    own(checks);
    consumers.add(checks);
    var balancers = new LoadBalancers(client(LoadBalancers.NAME), informers, loopback, parts.clock);
    own(balancers);
    consumers.add(balancers);
    var ingress = IngressOfCluster.of(parts, informers);
    own(ingress);
    consumers.add(ingress.start());
    return consumers;
  }

  private void holdPolicies(PodNetwork pods, NetworkRights rights) {
    var obstacle = NftPolicies.obstacle(rights, pods.bridge());
    parts.policyObstacle = obstacle;
    if (obstacle.isPresent()) {
      return;
    }
    var name = PolicyNetworking.NAME;
    var cluster = parts.settings.name();
    var policies = new NftPolicies(rights, cluster, pods.bridge(), pods.gateway());
    var networking = new PolicyNetworking(client(name), DnsService.asPod(pods.gateway()), policies);
    own(networking);
    networking.start();
  }

  private static String mode(Optional<String> obstacle, NetworkRights rights) {
    return obstacle
        .map(why -> "in-process, on 127.0.0.1 only (" + why + ")")
        .orElse(rights.words() + ", in-process on 127.0.0.1");
  }

  private ApiClient client(String controller) {
    var account =
        UserInfo.of(
            ControllerList.USER_PREFIX + controller,
            "system:serviceaccounts",
            "system:serviceaccounts:kube-system");
    return new ApiClient(parts.transport(account, controller));
  }

  /** On the pods' own network, which nobody outside of this machine reaches. */
  private void publish(PodNetwork pods, ServiceInformers informers) throws IOException {
    var gateway = pods.gateway();
    var api = parts.api();
    SeedObjects.publish(api, gateway, parts.server.alsoListenOn(gateway));
    var dns =
        DnsServer.start(
            gateway,
            DNS_PORT,
            ServiceNetwork.CLUSTER_DOMAIN,
            informers,
            Files.exists(BEHIND_RESOLVED) ? BEHIND_RESOLVED : RESOLV_CONF,
            parts.clock);
    own(dns);
    DnsService.publish(api, gateway, dns.port());
  }

  private synchronized void own(AutoCloseable part) {
    opened.push(part);
    if (closed) {
      close();
    }
  }

  /** Ends what runs in this process. Rules stay, as the pods do. */
  @Override
  public synchronized void close() {
    closed = true;
    thread.interrupt();
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      } catch (Exception failure) {
        LOG.warn("closing a part of the network failed", failure);
      }
    }
  }
}
