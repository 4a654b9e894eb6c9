package io.jkube.kubelet.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.jkube.kubelet.runtime.ContainerRuntime;
import io.jkube.kubelet.runtime.ContainerRuntime.ContainerEvent;
import io.jkube.kubelet.runtime.RuntimeFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Containers on their way out: preStop hook, then the stop signal, then death. Each has a virtual
 * thread, which signals the worker when it is over. Confined to the worker.
 */
final class ContainerStops {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerStops.class);

  /** What is left for the stop signal when the hook has used the time up. */
  private static final Duration LEAST_GRACE = Duration.ofSeconds(2);

  /** Who says how much is left says it a little later each time; that is no other end. */
  private static final Duration SAME_END = Duration.ofMillis(500);

  private final ContainerRuntime runtime;
  private final Hooks hooks;
  private final Consumer<Signal> inbox;

  /** When the time of those under way is up, by {@link System#nanoTime}. */
  private final Map<String, Long> underWay = new HashMap<>();

  ContainerStops(ContainerRuntime runtime, Hooks hooks, Consumer<Signal> inbox) {
    this.runtime = runtime;
    this.hooks = hooks;
    this.inbox = inbox;
  }

  boolean isStopping(String containerId) {
    return underWay.containsKey(containerId);
  }

  /**
   * Begins, or goes on with less time, which ends a hook's, too; answers whether it began now.
   *
   * @param grace what is left of the time
   */
  boolean stop(Container spec, String id, String address, Duration grace, PodEvents events) {
    long end = System.nanoTime() + grace.toNanos();
    var before = underWay.get(id);
    if (before != null && before - end <= SAME_END.toNanos()) {
      return false;
    }
    underWay.put(id, end);
    boolean withHook = before == null && grace.isPositive();
    Thread.ofVirtual()
        .name("stop " + spec.getName())
        .start(() -> stopAndTell(spec, id, address, grace, withHook, events));
    return before == null;
  }

  void ended(String containerId) {
    underWay.remove(containerId);
  }

  private void stopAndTell(
      Container spec,
      String id,
      String address,
      Duration grace,
      boolean withHook,
      PodEvents events) {
    try {
      long began = System.nanoTime();
      if (withHook) {
        var answer = hooks.preStop(spec, id, address, grace);
        if (!answer.success()) {
          events.warning("FailedPreStopHook", "PreStopHook failed");
          LOG.info("preStop of container {}: {}", spec.getName(), answer.message());
        }
      }
      runtime.stopContainer(id, left(grace, System.nanoTime() - began));
    } catch (RuntimeFailure failure) {
      LOG.warn("stopping container {}: {}", spec.getName(), failure.getMessage());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    inbox.accept(new Signal.Engine(ContainerEvent.Type.DIED, id));
  }

  private static Duration left(Duration grace, long usedNanos) {
    var left = grace.minusNanos(usedNanos);
    return grace.compareTo(LEAST_GRACE) < 0 || left.compareTo(LEAST_GRACE) > 0
        ? left.isNegative() ? Duration.ZERO : left
        : LEAST_GRACE;
  }
}
