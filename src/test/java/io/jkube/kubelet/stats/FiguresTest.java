package io.jkube.kubelet.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.kubelet.runtime.ContainerRuntime.ContainerSpec;
import io.jkube.kubelet.runtime.ContainerRuntime.PodRef;
import io.jkube.kubelet.runtime.ContainerRuntime.Resources;
import io.jkube.kubelet.runtime.ContainerRuntime.SandboxSpec;
import io.jkube.kubelet.runtime.ContainerRuntime.Security;
import io.jkube.kubelet.runtime.fake.FakeRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What containers use, out of what they have used so far. */
final class FiguresTest {
  private static final PodRef POD = new PodRef("default", "web", "uid-1");
  private static final long SECOND_NANOS = 1_000_000_000L;

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final FakeRuntime runtime = new FakeRuntime(() -> now);
  private long cpuNanos;
  private String container;
  private final Figures figures = new Figures(runtime, () -> now, this::pass);

  /** Half a processor is used while time goes by. */
  private void pass(Duration time) {
    now = now.plus(time);
    cpuNanos += time.toNanos() / 2;
    if (container != null) {
      runtime.use(container, cpuNanos, 64 << 20);
    }
  }

  private String start(String name) {
    var sandbox =
        new SandboxSpec(
            POD, 0, "web", Map.of(), false, false, false, false, List.of(), List.of(), List.of(),
            Map.of(), List.of(), "", false, "");
    var sandboxId =
        runtime.sandboxes().isEmpty()
            ? runtime.runSandbox(sandbox).id()
            : runtime.sandboxes().getFirst().id();
    runtime.pull("i", null, line -> {});
    var id =
        runtime.createContainer(
            sandbox,
            sandboxId,
            new ContainerSpec(
                POD,
                name,
                0,
                "i",
                List.of("sleep"),
                List.of(),
                List.of(),
                "",
                List.of(),
                List.of(),
                Map.of(),
                new Resources(0, 0, 0, 0, 0, ""),
                new Security(
                    "", List.of(), false, false, null, List.of(), List.of(), null, null, null,
                    false),
                false,
                false,
                false,
                "",
                ""));
    runtime.startContainer(id);
    return id;
  }

  private Reading.Use use(String name) throws InterruptedException {
    return figures.read().pods().getFirst().containers().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow()
        .use();
  }

  @Test
  void theRateIsWhatWasUsedWithinTheWindow() throws Exception {
    container = start("c");
    runtime.use(container, 77 * SECOND_NANOS, 1);
    cpuNanos = 77 * SECOND_NANOS;
    assertEquals(SECOND_NANOS / 2, use("c").cpuNanoCores());
    assertEquals(64 << 20, use("c").memoryBytes());
    pass(Duration.ofSeconds(15));
    runtime.use(container, cpuNanos += 30 * SECOND_NANOS, 1);
    assertEquals(37 * SECOND_NANOS / 15, use("c").cpuNanoCores(), SECOND_NANOS);
    assertEquals(Duration.ofSeconds(15), figures.read().window());
  }

  @Test
  void whoAsksAgainAtOnceGetsTheSame() throws Exception {
    container = start("c");
    var first = figures.read();
    pass(Figures.FRESH.minusMillis(1));
    assertSame(first, figures.read());
    pass(Duration.ofMillis(2));
    assertTrue(figures.read().time().isAfter(first.time()));
  }

  @Test
  void oneThatBeganSinceUsedNothingBefore() throws Exception {
    container = start("c");
    figures.read();
    pass(Duration.ofSeconds(10));
    var late = start("late");
    now = now.plusSeconds(4);
    runtime.use(late, 4 * SECOND_NANOS, 1);
    assertEquals(SECOND_NANOS, use("late").cpuNanoCores());
  }

  @Test
  void whatWasLongAgoIsNoWindow() throws Exception {
    container = start("c");
    figures.read();
    pass(Figures.LONGEST_WINDOW.plusSeconds(1));
    figures.read();
    assertEquals(Figures.FIRST_WINDOW, figures.read().window());
  }

  @Test
  void aPodUsesWhatItsContainersUse() throws Exception {
    container = start("c");
    start("idle");
    var reading = figures.read();
    assertEquals(2, reading.pods().getFirst().containers().size());
    assertEquals(SECOND_NANOS / 2, reading.pods().getFirst().use(now).cpuNanoCores());
    var summary = Summary.of("n", reading);
    assertEquals("web", summary.at("/pods/0/podRef/name").asText());
    assertEquals(SECOND_NANOS / 2, summary.at("/pods/0/cpu/usageNanoCores").asLong());
    assertTrue(
        ResourceText.of(reading)
            .contains(
                "container_memory_working_set_bytes{container=\"c\",namespace=\"default\","
                    + "pod=\"web\"} "));
  }
}
