package io.jkube.kubelet.container;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostsFileTest {
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

  @TempDir Path folder;
  private HostsFile hosts;

  @BeforeEach
  void writeMachinesFile() throws IOException {
    var ofMachine = Files.writeString(folder.resolve("hosts"), "127.0.0.1\tmachine\n");
    hosts = new HostsFile("cluster.local", ofMachine);
  }

  @Test
  void aPodHasItsName() throws IOException {
    assertEquals(LOOPBACK + "10.244.0.9\tweb-1\n", hosts.of(pod(), "10.244.0.9"));
  }

  @Test
  void bytesOfTheMachinesFilePassThrough() throws IOException {
    byte[] latin = {'#', (byte) 0xe9, '\n'};
    Files.write(folder.resolve("hosts"), latin);
    var pod = new PodBuilder(pod()).editSpec().withHostNetwork(true).endSpec().build();
    var written = hosts.of(pod, "10.0.0.5").getBytes(HostsFile.CHARSET);
    assertArrayEquals(
        latin, Arrays.copyOfRange(written, written.length - latin.length, written.length));
  }

  @Test
  void aPodOfASubdomainHasItsWholeNameToo() throws IOException {
    var pod =
        new PodBuilder(pod())
            .editSpec()
            .withHostname("querier")
            .withSubdomain("dns")
            .endSpec()
            .build();
    assertEquals(
        LOOPBACK + "10.244.0.9\tquerier.dns.team.svc.cluster.local\tquerier\n",
        hosts.of(pod, "10.244.0.9"));
  }

  @Test
  void anOverriddenHostnameHasNoDomain() throws IOException {
    var pod =
        new PodBuilder(pod())
            .editSpec()
            .withHostname("querier")
            .withSubdomain("dns")
            .withHostnameOverride("db.example.com")
            .endSpec()
            .build();
    assertEquals(LOOPBACK + "10.244.0.9\tdb.example.com\n", hosts.of(pod, "10.244.0.9"));
  }

  @Test
  void aliasesFollow() throws IOException {
    var pod =
        new PodBuilder(pod())
            .editSpec()
            .addNewHostAlias()
            .withIp("192.0.2.1")
            .withHostnames("foo", "bar")
            .endHostAlias()
            .endSpec()
            .build();
    assertEquals(
        LOOPBACK + "10.244.0.9\tweb-1\n\n# Entries added by HostAliases.\n192.0.2.1\tfoo\tbar\n",
        hosts.of(pod, "10.244.0.9"));
  }

  @Test
  void podsOnTheHostsNetworkHaveItsFileAndTheirAliases() throws IOException {
    var pod =
        new PodBuilder(pod())
            .editSpec()
            .withHostNetwork(true)
            .addNewHostAlias()
            .withIp("192.0.2.1")
            .withHostnames("foo")
            .endHostAlias()
            .endSpec()
            .build();
    assertEquals(
        """
        # Kubernetes-managed hosts file (host network).
        127.0.0.1\tmachine

        # Entries added by HostAliases.
        192.0.2.1\tfoo
        """,
        hosts.of(pod, "10.0.0.5"));
  }

  private static Pod pod() {
    return new PodBuilder()
        .withNewMetadata()
        .withName("web-1")
        .withNamespace("team")
        .endMetadata()
        .withNewSpec()
        .endSpec()
        .build();
  }
}
