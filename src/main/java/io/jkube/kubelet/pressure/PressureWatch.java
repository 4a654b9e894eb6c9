package io.jkube.kubelet.pressure;

import io.fabric8.kubernetes.api.model.Pod;
import io.jkube.api.ApiException;
import io.jkube.api.ObjectReference;
import io.jkube.api.Quantity;
import io.jkube.api.Quantity.Format;
import io.jkube.client.EventRecorder;
import io.jkube.kubelet.pressure.NodeFigures.Left;
import io.jkube.kubelet.pressure.PodUse.ContainerUse;
import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.RuntimeFailure;
import io.jkube.kubelet.volume.PodVolumes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the machine every ten seconds, and ends pods while it is short of something. */
public final class PressureWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PressureWatch.class);
  private static final Duration PERIOD = Duration.ofSeconds(10);

  /** So long a pod that was told to go may take, before the next is told. */
  private static final Duration LONGEST_END = Duration.ofSeconds(30);

  private final List<Threshold> thresholds;
  private final Duration transition;
  private final NodeFigures figures;
  private final InstantSource clock;
  private final Node node;
  private final PodUses uses;
  private final Map<Pressure, Instant> lastMet = new EnumMap<>(Pressure.class);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private String going = "";
  private Instant goingUntil = Instant.MIN;

  /** What the watch does to its node. */
  public interface Node {
    String name();

    /** Pods that have not ended and are not about to. */
    List<Pod> pods();

    /** Ends the pod at once, for good. */
    void evict(Pod pod, String message);

    /** Removes from the disk what no pod needs. */
    void reclaimDisk();

    /** The node is under other pressures than before. */
    void changed();

    NodePressure pressure();

    EventRecorder recorder();
  }

  /**
   * @param transition how long a pressure is told after it was last seen, so that it does not come
   *     and go
   */
  public PressureWatch(
      List<Threshold> thresholds,
      Duration transition,
      NodeFigures figures,
      InstantSource clock,
      Node node,
      ContainerRuntime runtime,
      PodVolumes volumes) {
    this.thresholds = List.copyOf(thresholds);
    this.transition = transition;
    this.figures = figures;
    this.clock = clock;
    this.node = node;
    this.uses = new PodUses(runtime, volumes);
    this.thread = Thread.ofVirtual().name("pressure " + node.name()).unstarted(this::run);
  }

  /** Begins to look; without thresholds there is nothing to look for. */
  public void start() {
    if (!thresholds.isEmpty()) {
      thread.start();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
  }

  private void run() {
    try {
      // Not at once: a start has more urgent things to do.
      while (!closed.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          look();
        } catch (RuntimeFailure | ApiException failure) {
          LOG.warn("node {} cannot relieve itself: {}", node.name(), failure.getMessage());
        } catch (RuntimeException bug) {
          LOG.error("node {} was not looked at", node.name(), bug);
        }
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Looks once, and ends one pod at most. For the watch's own thread, and tests instead of it.
   *
   * @return whether one goes from now on
   */
  public boolean look() {
    var left = figures.look();
    var met = met(left);
    if (!met.isEmpty()) {
      // Nobody goes for a figure of a minute ago.
      left = figures.lookAnew();
      met = met(left);
    }
    tell(met);
    return !met.isEmpty() && relieve(met.getFirst(), left);
  }

  private List<Threshold> met(Map<EvictionSignal, Left> left) {
    return thresholds.stream()
        .filter(threshold -> left.containsKey(threshold.signal()))
        .filter(threshold -> threshold.isMet(left.get(threshold.signal())))
        .sorted((one, other) -> one.signal().compareTo(other.signal()))
        .toList();
  }

  private void tell(List<Threshold> met) {
    var now = clock.instant();
    met.forEach(threshold -> lastMet.put(threshold.signal().pressure(), now));
    // A time to come: the clock was set back.
    lastMet.replaceAll((pressure, last) -> last.isAfter(now) ? now : last);
    lastMet.values().removeIf(last -> !now.isBefore(last.plus(transition)) && !last.equals(now));
    var pressures = EnumSet.noneOf(Pressure.class);
    pressures.addAll(lastMet.keySet());
    if (node.pressure().change(pressures)) {
      LOG.info("node {} is under pressure of {}", node.name(), pressures);
      node.changed();
    }
  }

  private boolean relieve(Threshold worst, Map<EvictionSignal, Left> left) {
    var resource = worst.signal().resource();
    node.recorder()
        .warning(
            new ObjectReference("v1", "Node", "", node.name(), node.name(), "", ""),
            "EvictionThresholdMet",
            "Attempting to reclaim " + resource);
    if (worst.signal().pressure() == Pressure.DISK) {
      reclaimDisk();
      if (met(figures.lookAnew()).stream().noneMatch(still -> still.signal() == worst.signal())) {
        return false;
      }
    }
    return evictOne(worst, left.get(worst.signal()));
  }

  /** Whatever of it fails: the disk is full. */
  private void reclaimDisk() {
    try {
      node.reclaimDisk();
    } catch (RuntimeFailure failure) {
      if (failure.kind() == RuntimeFailure.Kind.INTERRUPTED) {
        throw failure;
      }
      LOG.warn("node {} cannot give all disk back: {}", node.name(), failure.getMessage());
    }
  }

  private boolean evictOne(Threshold worst, Left left) {
    var now = clock.instant();
    var longest = now.plus(LONGEST_END);
    if (goingUntil.isAfter(longest)) {
      // The clock was set back.
      goingUntil = longest;
    }
    var pods = node.pods();
    boolean waits =
        now.isBefore(goingUntil)
            && pods.stream().anyMatch(pod -> pod.getMetadata().getUid().equals(going));
    if (waits) {
      return false;
    }
    var candidates = pods.stream().filter(pod -> !NodePressure.isCritical(pod)).toList();
    var first = uses.of(worst.signal(), candidates).stream().min(PodUse.FIRST_TO_GO);
    first.ifPresent(
        use -> {
          going = use.pod().getMetadata().getUid();
          goingUntil = longest;
          node.evict(use.pod(), message(worst, left, use));
        });
    return first.isPresent();
  }

  private static String message(Threshold worst, Left left, PodUse use) {
    var resource = worst.signal().resource();
    return "The node was low on resource: %s. Threshold quantity: %s, available: %s. "
            .formatted(
                resource,
                worst.value(left.capacity()),
                Quantity.of(left.available(), format(worst.signal())))
        + use.containers().stream()
            .map((ContainerUse container) -> container.message(resource))
            .collect(Collectors.joining());
  }

  private static Format format(EvictionSignal signal) {
    return switch (signal) {
      case MEMORY_AVAILABLE, NODEFS_AVAILABLE, IMAGEFS_AVAILABLE -> Format.BINARY_SI;
      case NODEFS_INODES_FREE, IMAGEFS_INODES_FREE, PID_AVAILABLE -> Format.DECIMAL_SI;
    };
  }
}
