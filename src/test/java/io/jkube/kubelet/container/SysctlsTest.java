package io.jkube.kubelet.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SysctlsTest {
  @Test
  void onlySafeOnesAreForEverybody() {
    assertEquals(Optional.empty(), Sysctls.SAFE.refusal(pod("kernel.shm_rmid_forced", false)));
    assertEquals(Optional.empty(), Sysctls.SAFE.refusal(pod("net/ipv4/tcp_syncookies", false)));
    assertEquals(
        Optional.of("forbidden sysctl: \"kernel.msgmax\" not allowlisted"),
        Sysctls.SAFE.refusal(pod("kernel.msgmax", false)));
    assertEquals(
        Optional.empty(), Sysctls.SAFE.refusal(new PodBuilder().withNewSpec().and().build()));
  }

  @Test
  void aNodeAllowsMoreByNameOrByBeginning() {
    var allowed = Sysctls.of(List.of("kernel.msg*", "net.core.somaxconn"));
    assertEquals(Optional.empty(), allowed.refusal(pod("kernel.msgmax", false)));
    assertEquals(Optional.empty(), allowed.refusal(pod("net.core.somaxconn", false)));
    assertEquals(
        Optional.of("forbidden sysctl: \"net.core.somaxconn2\" not allowlisted"),
        allowed.refusal(pod("net.core.somaxconn2", false)));
  }

  @Test
  void theMachinesOwnAreNobodys() {
    assertEquals(
        Optional.of("forbidden sysctl: \"net.ipv4.tcp_rmem\" not allowed with host net enabled"),
        Sysctls.SAFE.refusal(pod("net.ipv4.tcp_rmem", true)));
    assertEquals(Optional.empty(), Sysctls.SAFE.refusal(pod("kernel.shm_rmid_forced", true)));
    var refused =
        assertThrows(IllegalArgumentException.class, () -> Sysctls.of(List.of("vm.swappiness")));
    assertEquals(
        "the sysctls \"vm.swappiness\" are not known to be namespaced", refused.getMessage());
  }

  @Test
  void namesWithSlashesAreTheSame() {
    assertEquals(
        Map.of("net.ipv4.conf.eth0/1.mtu", "1"),
        Sysctls.of(pod("net/ipv4/conf/eth0.1/mtu", false)));
  }

  private static Pod pod(String sysctl, boolean hostNetwork) {
    return new PodBuilder()
        .withNewSpec()
        .withHostNetwork(hostNetwork)
        .withNewSecurityContext()
        .addNewSysctl(sysctl, "1")
        .endSecurityContext()
        .endSpec()
        .build();
  }
}
