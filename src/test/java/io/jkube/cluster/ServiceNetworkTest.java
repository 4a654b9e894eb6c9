package io.jkube.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.cluster.folder.ClusterFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServiceNetworkTest {
  @TempDir Path home;

  @Test
  void aNewClusterTakesWhatNoOtherHas() {
    assertEquals("10.96.0.0/16", ServiceNetwork.free(List.of()));
    assertEquals("10.98.0.0/16", ServiceNetwork.free(List.of("10.96.0.0/16", "10.97.7.0/24")));
    assertEquals("10.96.0.0/16", ServiceNetwork.free(List.of("10.96.0.0/12")));
  }

  @Test
  void whoHasTheSameIsNamed() {
    var network = new ServiceNetwork("10.97.0.0/16");
    assertEquals(Optional.empty(), network.sharedWith(Map.of("far", Set.of("10.96.0.0/16"))));
    assertEquals(
        Optional.of("near"),
        network.sharedWith(
            Map.of("far", Set.of("10.96.0.0/16"), "near", Set.of("10.98.0.0/16", "10.97.7.0/24"))));
  }

  @Test
  void whatWasChosenStays() throws Exception {
    var folder = ClusterFolder.of("x", Map.of("JKUBE_HOME", home.toString()));
    assertEquals("172.20.0.0/20", ServiceNetwork.of(folder, "172.20.0.0/20", false).range());
    assertEquals("172.20.0.0/20", ServiceNetwork.of(folder, "", false).range());
    var refused =
        assertThrows(StartupFailure.class, () -> ServiceNetwork.of(folder, "10.99.0.0/16", false));
    assertTrue(refused.getMessage().contains("172.20.0.0/20"), refused.getMessage());
  }

  @Test
  void aClusterOfBeforeHasTheFirst() throws Exception {
    var folder = ClusterFolder.of("x", Map.of("JKUBE_HOME", home.toString()));
    Files.createDirectories(folder.keys());
    assertEquals("10.96.0.0/16", ServiceNetwork.of(folder, "", false).range());
  }

  @Test
  void knownAddressesAreAtItsBegin() {
    var network = new ServiceNetwork("10.100.16.0/20");
    assertEquals("10.100.16.1", network.apiServer());
    assertEquals("10.100.16.10", network.dns());
    for (var wrong : List.of("10.96.0.0", "10.96.0.0/8", "10.96.0.1/16", "10.96.0.0/30", "x/16")) {
      assertThrows(IllegalArgumentException.class, () -> new ServiceNetwork(wrong), wrong);
    }
  }
}
