package io.jkube.kubelet.pressure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who goes first when something runs short. */
final class PodUseTest {
  private static PodUse pod(String name, int priority, long requested, long used) {
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(name)
            .endMetadata()
            .withNewSpec()
            .withPriority(priority)
            .endSpec()
            .build();
    return new PodUse(pod, requested, used, List.of());
  }

  @Test
  void overItsRequestThenByPriorityThenByUseBeyondIt() {
    var order =
        Stream.of(
                pod("within", -10, 100, 100),
                pod("within-more", 0, 100, 90),
                pod("important", 5, 0, 900),
                pod("small", 0, 50, 60),
                pod("large", 0, 500, 600))
            .sorted(PodUse.FIRST_TO_GO)
            .map(use -> use.pod().getMetadata().getName())
            .toList();
    assertEquals(List.of("large", "small", "important", "within", "within-more"), order);
  }
}
