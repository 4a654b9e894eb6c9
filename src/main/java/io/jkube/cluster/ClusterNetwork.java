package io.jkube.cluster;

import io.jkube.client.ApiClient;
import io.jkube.kubelet.runtime.docker.DockerCluster;
import io.jkube.kubelet.runtime.docker.PodNetwork;
import io.jkube.network.ServiceInformers;
import io.jkube.network.ServiceNetworking;
import io.jkube.network.TableConsumer;
import io.jkube.network.dns.DnsServer;
import io.jkube.network.nft.NftProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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
      var informers = new ServiceInformers(client);
      var networking = new ServiceNetworking(informers, consumers(pods));
      own(networking);
      networking.start();
      publish(pods, informers);
    } catch (IOException | RuntimeException failure) {
      LOG.error("services are not reachable", failure);
    }
  }

  private List<TableConsumer> consumers(PodNetwork pods) {
    var consumers = new ArrayList<TableConsumer>();
    NftProxy.obstacle(pods.bridge())
        .ifPresentOrElse(
            why -> LOG.warn("no rules for services in the kernel: {}", why),
            () ->
                consumers.add(
                    NftProxy.of(
                        parts.settings.name(),
                        pods.bridge(),
                        pods.subnet(),
                        ServiceNetwork.RANGE)));
    return consumers;
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
