package io.jkube.kubelet.container;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.jkube.kubelet.runtime.ContainerRuntime.Resources;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/**
 * Requests and limits as cgroup figures (Kubernetes: "Resource Management for Pods and
 * Containers").
 */
public final class Amounts {
  private static final long SHARES_PER_CPU = 1024;
  private static final long MIN_SHARES = 2;
  private static final long MAX_SHARES = 262_144;
  private static final long PERIOD_MICROS = 100_000;
  private static final long MIN_QUOTA_MICROS = 1_000;
  private static final int GUARANTEED_OOM_ADJUST = -997;
  private static final int BEST_EFFORT_OOM_ADJUST = 1000;

  private Amounts() {}

  /**
   * @param machineMemoryBytes of which the request's share makes the OOM score
   */
  public static Resources of(Pod pod, Container container, long machineMemoryBytes) {
    long cpuLimit = milli(orOfPod(pod, container, "cpu"));
    long cpuRequest = milliCpu(container, false);
    long quota = cpuLimit == 0 ? 0 : Math.max(MIN_QUOTA_MICROS, cpuLimit * PERIOD_MICROS / 1000);
    return new Resources(
        shares(cpuRequest == 0 && cpuLimit != 0 ? cpuLimit : cpuRequest),
        quota == 0 ? 0 : PERIOD_MICROS,
        quota,
        whole(orOfPod(pod, container, "memory")),
        oomAdjust(QosClass.of(pod), memoryRequest(pod, container), machineMemoryBytes),
        "");
  }

  /** Thousandths of a CPU, rounded up; 0 when not said. */
  public static long milliCpu(Container container, boolean limit) {
    return milli(amount(container, "cpu", limit));
  }

  private static long milli(BigDecimal amount) {
    return whole(amount.movePointRight(3));
  }

  private static long whole(BigDecimal amount) {
    return amount.setScale(0, RoundingMode.CEILING).longValue();
  }

  /** The container's own limit, else that of the whole pod, which it may use alone. */
  public static BigDecimal orOfPod(Pod pod, Container container, String resource) {
    var own = amount(container, resource, true);
    return own.signum() > 0 ? own : amount(pod.getSpec().getResources(), resource, true);
  }

  /** Of what the pod asks for as a whole, a container has its part of what none asks for itself. */
  private static long memoryRequest(Pod pod, Container container) {
    long own = bytes(container, "memory", false);
    long ofPod = whole(amount(pod.getSpec().getResources(), "memory", false));
    var all = pod.getSpec().getContainers();
    long said = all.stream().mapToLong(each -> bytes(each, "memory", false)).sum();
    return ofPod > said ? own + (ofPod - said) / all.size() : own;
  }

  /** Bytes, rounded up; 0 when not said. */
  public static long bytes(Container container, String resource, boolean limit) {
    return whole(amount(container, resource, limit));
  }

  /** As the pod says it, in whole and part units; zero when it does not. */
  public static BigDecimal amount(Container container, String resource, boolean limit) {
    return amount(container.getResources(), resource, limit);
  }

  private static BigDecimal amount(ResourceRequirements resources, String resource, boolean limit) {
    Map<String, Quantity> said =
        resources == null ? null : limit ? resources.getLimits() : resources.getRequests();
    var quantity = said == null ? null : said.get(resource);
    return quantity == null ? BigDecimal.ZERO : quantity.getNumericalAmount();
  }

  private static long shares(long milliCpu) {
    return Math.clamp(milliCpu * SHARES_PER_CPU / 1000, MIN_SHARES, MAX_SHARES);
  }

  private static int oomAdjust(QosClass qos, long memoryRequest, long machineMemory) {
    return switch (qos) {
      case GUARANTEED -> GUARANTEED_OOM_ADJUST;
      case BEST_EFFORT -> BEST_EFFORT_OOM_ADJUST;
      case BURSTABLE ->
          Math.clamp(
              1000 - 1000 * memoryRequest / machineMemory,
              1000 + GUARANTEED_OOM_ADJUST,
              BEST_EFFORT_OOM_ADJUST - 1);
    };
  }
}
