package io.jkube.kubelet.pressure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whom a node under pressure lets in. */
final class NodePressureAdmissionTest {
  private static final String MEMORY = "node.kubernetes.io/memory-pressure";

  private static boolean letsIn(Pressure pressure, Pod pod) {
    var node = new NodePressure();
    node.change(Set.of(pressure));
    return node.refusal(pod).isEmpty();
  }

  private static Pod tolerating(String key, String operator, String value, String effect) {
    return new PodBuilder()
        .withNewMetadata()
        .endMetadata()
        .withNewSpec()
        .addToTolerations(new Toleration(effect, key, operator, null, value))
        .endSpec()
        .build();
  }

  @Test
  void underMemoryPressureWhoToleratesItsTaintOfNoSchedule() {
    assertEquals(true, letsIn(Pressure.MEMORY, tolerating(MEMORY, "Exists", null, null)));
    assertEquals(true, letsIn(Pressure.MEMORY, tolerating(MEMORY, "Exists", null, "NoSchedule")));
    assertEquals(true, letsIn(Pressure.MEMORY, tolerating(MEMORY, null, null, "NoSchedule")));
    assertEquals(true, letsIn(Pressure.MEMORY, tolerating(null, "Exists", null, null)));
    assertEquals(false, letsIn(Pressure.MEMORY, tolerating(MEMORY, "Equal", "yes", null)));
    assertEquals(
        false, letsIn(Pressure.MEMORY, tolerating(MEMORY, "Exists", null, "PreferNoSchedule")));
    assertEquals(false, letsIn(Pressure.MEMORY, tolerating(MEMORY, "Exists", null, "NoExecute")));
    assertEquals(false, letsIn(Pressure.DISK, tolerating(MEMORY, "Exists", null, null)));
  }

  @Test
  void alwaysTheSystemsAndMirrors() {
    var plain = tolerating("other", "Exists", null, null);
    assertEquals(false, letsIn(Pressure.DISK, plain));
    var mirror =
        new PodBuilder(plain)
            .editMetadata()
            .withAnnotations(Map.of("kubernetes.io/config.mirror", "x"))
            .endMetadata()
            .build();
    assertEquals(true, letsIn(Pressure.DISK, mirror));
    var system = new PodBuilder(plain).editSpec().withPriority(2_000_000_000).endSpec().build();
    assertEquals(true, letsIn(Pressure.DISK, system));
  }
}
