package io.jkube.kubelet.pressure;

import io.fabric8.kubernetes.api.model.Pod;
import io.jkube.kubelet.container.QosClass;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which pressures a node is under, for whoever asks. Thread-safe; one thread writes. */
public final class NodePressure {
  /** From this priority on a pod is the system's, and stays whatever happens. */
  static final int SYSTEM_CRITICAL_PRIORITY = 2_000_000_000;

  private static final String MEMORY_TAINT = "node.kubernetes.io/memory-pressure";

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

  static boolean isCritical(Pod pod) {
    var priority = pod.getSpec().getPriority();
    return priority != null && priority >= SYSTEM_CRITICAL_PRIORITY;
  }

  private static boolean toleratesMemory(Pod pod) {
    return pod.getSpec().getTolerations().stream()
        .filter(each -> each.getEffect() == null || !each.getEffect().equals("NoExecute"))
        .anyMatch(
            each ->
                MEMORY_TAINT.equals(each.getKey())
                    || each.getKey() == null && "Exists".equals(each.getOperator()));
  }
}
