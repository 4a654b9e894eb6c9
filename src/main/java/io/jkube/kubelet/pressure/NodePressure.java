package io.jkube.kubelet.pressure;

import io.fabric8.kubernetes.api.model.Pod;
import io.jkube.api.Json;
import io.jkube.api.MirrorPods;
import io.jkube.api.placement.Taint;
import io.jkube.api.placement.Toleration;
import io.jkube.kubelet.container.QosClass;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which pressures a node is under, for whoever asks. Thread-safe; one thread writes. */
public final class NodePressure {
  /** From this priority on a pod is the system's, and stays whatever happens. */
  static final int SYSTEM_CRITICAL_PRIORITY = 2_000_000_000;

  private static final Taint MEMORY_TAINT =
      new Taint("node.kubernetes.io/memory-pressure", "", Taint.NO_SCHEDULE);

  private volatile Set<Pressure> now = Set.of();

  public Set<Pressure> now() {
    return now;
  }

  /** Answers whether that is other than before. */
  boolean change(Set<Pressure> next) {
    boolean changed = !next.equals(now);
    now = Set.copyOf(next);
    return changed;
  }

  /**
   * Why a new pod is not let in, in upstream's words. Under memory pressure alone, pods that said
   * what they need are, as are those that put up with it.
   */
  public Optional<String> refusal(Pod pod) {
    var against = now.isEmpty() ? Set.<Pressure>of() : EnumSet.copyOf(now);
    if (against.isEmpty() || isCritical(pod)) {
      return Optional.empty();
    }
    boolean memoryAlone = against.equals(Set.of(Pressure.MEMORY));
    if (memoryAlone && (QosClass.of(pod) != QosClass.BEST_EFFORT || toleratesMemory(pod))) {
      return Optional.empty();
    }
    return Optional.of(
        against.stream()
            .map(Pressure::condition)
            .collect(Collectors.joining(" ", "The node had condition: [", "]. ")));
  }

  /** Whether the pod stays whatever happens: one of the system, or the mirror of a static one. */
  public static boolean isCritical(Pod pod) {
    var priority = pod.getSpec().getPriority();
    return isMirror(pod) || priority != null && priority >= SYSTEM_CRITICAL_PRIORITY;
  }

  private static boolean isMirror(Pod pod) {
    var annotations = pod.getMetadata().getAnnotations();
    return annotations != null && annotations.containsKey(MirrorPods.ANNOTATION);
  }

  private static boolean toleratesMemory(Pod pod) {
    return pod.getSpec().getTolerations().stream()
        .anyMatch(each -> Toleration.of(Json.tree(each)).tolerates(MEMORY_TAINT));
  }
}
