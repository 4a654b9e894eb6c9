package io.jkube.kubelet.pressure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.jkube.client.ApiCall;
import io.jkube.client.ApiClient;
import io.jkube.client.EventRecorder;
import io.jkube.client.Transport;
import io.jkube.kubelet.pressure.NodeFigures.Left;
import io.jkube.kubelet.runtime.RuntimeFailure;
import io.jkube.kubelet.runtime.fake.FakeRuntime;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whom the watch ends, and what does not lead it astray. */
final class PressureWatchTest implements PressureWatch.Node {
  private static final Left LITTLE = new Left(5, 1000);
  private static final Left ENOUGH = new Left(500, 1000);

  private static final Transport NOBODY =
      new Transport() {
        @Override
        public ObjectNode send(ApiCall call) {
          throw new AssertionError("nothing is asked");
        }

        @Override
        public WatchStream watch(ApiCall call) {
          throw new AssertionError("nothing is asked");
        }

        @Override
        public InputStream stream(ApiCall call) {
          throw new AssertionError("nothing is asked");
        }
      };

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final FakeRuntime runtime = new FakeRuntime(() -> now);
  private final NodePressure pressure = new NodePressure();
  private final EventRecorder recorder =
      new EventRecorder(new ApiClient(NOBODY), () -> now, "kubelet", name());
  private final List<String> evicted = new ArrayList<>();
  private List<Pod> pods = List.of(pod("web", Map.of()));
  private RuntimeFailure reclaimFailure;
  private Left known = LITTLE;
  private Left real = LITTLE;

  /** What there is after disk was given back; null: as before. */
  private Left reclaimed;

  private final PressureWatch watch =
      new PressureWatch(
          Threshold.parseAll("nodefs.inodesFree<1%"),
          Duration.ofMinutes(5),
          new NodeFigures() {
            @Override
            public Map<EvictionSignal, Left> look() {
              return Map.of(EvictionSignal.NODEFS_INODES_FREE, known);
            }

            @Override
            public Map<EvictionSignal, Left> lookAnew() {
              known = real;
              return look();
            }
          },
          () -> now,
          this,
          runtime,
          null);

  PressureWatchTest() {
    // Of events nothing is asked here: a closed recorder drops them.
    recorder.close();
  }

  @AfterEach
  void close() {
    runtime.close();
  }

  private static Pod pod(String name, Map<String, String> annotations) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withUid(name)
        .withAnnotations(annotations)
        .endMetadata()
        .withNewSpec()
        .endSpec()
        .build();
  }

  @Test
  void theMirrorOfAStaticPodStays() {
    pods = List.of(pod("static", Map.of("kubernetes.io/config.mirror", "x")));
    watch.look();
    assertEquals(List.of(), evicted);
    assertEquals(Set.of(Pressure.DISK), pressure.now());
  }

  @Test
  void anEngineThatGivesNothingBackKeepsNobody() {
    reclaimFailure = new RuntimeFailure(RuntimeFailure.Kind.REFUSED, "no", null);
    watch.look();
    assertEquals(List.of("web"), evicted);
  }

  @Test
  void nobodyGoesForAnOldFigure() {
    real = ENOUGH;
    watch.look();
    assertEquals(List.of(), evicted);
    assertEquals(Set.of(), pressure.now());
  }

  @Test
  void whatWasGivenBackCounts() {
    reclaimed = ENOUGH;
    watch.look();
    assertEquals(List.of(), evicted);
  }

  @Test
  void aClockThatIsSetBackMakesNobodyWaitForLong() {
    watch.look();
    now = now.minus(Duration.ofHours(3));
    watch.look();
    assertEquals(List.of("web"), evicted);
    now = now.plus(Duration.ofSeconds(31));
    watch.look();
    assertEquals(List.of("web", "web"), evicted);
  }

  @Override
  public String name() {
    return "node-1";
  }

  @Override
  public List<Pod> pods() {
    return pods;
  }

  @Override
  public void evict(Pod pod, String message) {
    evicted.add(pod.getMetadata().getName());
  }

  @Override
  public void reclaimDisk() {
    if (reclaimFailure != null) {
      throw reclaimFailure;
    }
    real = reclaimed == null ? real : reclaimed;
  }

  @Override
  public void changed() {}

  @Override
  public NodePressure pressure() {
    return pressure;
  }

  @Override
  public EventRecorder recorder() {
    return recorder;
  }
}
