package io.jkube.kubelet.pressure;

import io.fabric8.kubernetes.api.model.Pod;
import io.jkube.api.Quantity;
import io.jkube.api.Quantity.Format;
import java.util.Comparator;
import java.util.List;

/**
 * What a pod uses of a resource the node runs short of, beside what it asked for.
 *
 * @param requested by the pod as a whole; 0 when it did not say
 * @param used by the pod as a whole
 */
record PodUse(Pod pod, long requested, long used, List<ContainerUse> containers) {
  /** Who goes first: who has more than it asked for, who matters less, who has most beyond it. */
  static final Comparator<PodUse> FIRST_TO_GO =
      Comparator.comparing((PodUse use) -> use.used <= use.requested)
          .thenComparing(PodUse::priority)
          .thenComparing(Comparator.comparingLong(PodUse::beyond).reversed());

  record ContainerUse(String name, long requested, long used) {
    /** Empty unless it uses more than it asked for. */
    String message(String resource) {
      return used <= requested
          ? ""
          : "Container %s was using %s, request is %s, has larger consumption of %s. "
              .formatted(name, text(used, resource), text(requested, resource), resource);
    }

    private static String text(long amount, String resource) {
      return amount == 0
          ? "0"
          : Quantity.of(amount, resource.equals("pids") ? Format.DECIMAL_SI : Format.BINARY_SI)
              .toString();
    }
  }

  private int priority() {
    var priority = pod.getSpec().getPriority();
    return priority == null ? 0 : priority;
  }

  private long beyond() {
    return used - requested;
  }
}
