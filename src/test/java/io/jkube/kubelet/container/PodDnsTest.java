package io.jkube.kubelet.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PodDnsTest {
  private final PodDns dns = new PodDns(List.of("10.96.0.10"), "cluster.local");

  @Test
  void podsAskTheClusterFirst() {
    assertEquals(
        Optional.of(
            """
            search team.svc.cluster.local svc.cluster.local cluster.local
            nameserver 10.96.0.10
            options ndots:5
            """),
        dns.resolvConf(pod("ClusterFirst", false)));
    assertEquals(Optional.empty(), PodDns.NONE.resolvConf(pod("ClusterFirst", false)));
  }

  @Test
  void podsOnTheHostsNetworkAskItsServersUnlessTheySayOtherwise() {
    assertEquals(Optional.empty(), dns.resolvConf(pod("ClusterFirst", true)));
    assertEquals(Optional.empty(), dns.resolvConf(pod("Default", false)));
    var asking = dns.resolvConf(pod("ClusterFirstWithHostNet", true));
    assertEquals(dns.resolvConf(pod("ClusterFirst", false)), asking);
  }

  @Test
  void aPodThatSaysNoneHasNothingButItsOwn() {
    var pod =
        new PodBuilder(pod("None", false))
            .editSpec()
            .withNewDnsConfig()
            .withNameservers("192.0.2.53")
            .withSearches("example.test")
            .addNewOption("timeout", "3")
            .addNewOption("edns0", null)
            .endDnsConfig()
            .endSpec()
            .build();
    assertEquals(
        Optional.of(
            """
            search example.test
            nameserver 192.0.2.53
            options timeout:3 edns0
            """),
        dns.resolvConf(pod));
  }

  private static Pod pod(String policy, boolean hostNetwork) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("team")
        .withName("web")
        .endMetadata()
        .withNewSpec()
        .withDnsPolicy(policy)
        .withHostNetwork(hostNetwork)
        .endSpec()
        .build();
  }
}
