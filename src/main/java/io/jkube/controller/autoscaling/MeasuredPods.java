package io.jkube.controller.autoscaling;

import java.util.ArrayList;
import java.util.List;

/**
 * How many replicas are needed by what the present ones use. Pure. Source: "Algorithm details" of
 * "Horizontal Pod Autoscaling" in Kubernetes' documentation.
 *
 * @param ready the use and the target of each pod that counts as it is measured
 * @param missing of pods that nobody has measured; their use is not known
 * @param unready of pods that are starting still; their use says nothing
 */
record MeasuredPods(List<Use> ready, List<Use> missing, List<Use> unready) {
  /**
   * @param used in thousandths
   * @param full what is 100 percent, in thousandths: what was asked for, or the target itself
   */
  record Use(long used, long full) {}

  /** By how much use may differ from its target without anything being done, up and down. */
  record Tolerance(double up, double down) {
    static final double DEFAULT = 0.1;

    boolean covers(double ratio) {
      return ratio >= 1 - down && ratio <= 1 + up;
    }
  }

  /**
   * @param current how many replicas are wanted now
   * @param targetPercent of {@link Use#full} that is to be used
   */
  int needed(int current, int targetPercent, Tolerance tolerance) {
    double ratio = ratio(ready, targetPercent);
    boolean unreadyCount = !unready.isEmpty() && ratio > 1;
    if (!unreadyCount && missing.isEmpty()) {
      return tolerance.covers(ratio) ? current : ceil(ratio * ready.size());
    }
    var all = new ArrayList<>(ready);
    for (var pod : missing) {
      long assumed = ratio < 1 ? pod.full * Math.max(100, targetPercent) / 100 : 0;
      all.add(new Use(ratio == 1 ? pod.full * targetPercent / 100 : assumed, pod.full));
    }
    if (unreadyCount) {
      unready.forEach(pod -> all.add(new Use(0, pod.full)));
    }
    double cautious = ratio(all, targetPercent);
    boolean turned = ratio < 1 && cautious > 1 || ratio > 1 && cautious < 1;
    if (turned || tolerance.covers(cautious)) {
      return current;
    }
    int needed = ceil(cautious * all.size());
    boolean against = cautious < 1 && needed > current || cautious > 1 && needed < current;
    return against ? current : needed;
  }

  /** Percent of what was asked for that is used. */
  int percentUsed() {
    long full = sum(ready, false);
    return full == 0 ? 0 : (int) (sum(ready, true) * 100 / full);
  }

  /** In thousandths. */
  long averageUsed() {
    return ready.isEmpty() ? 0 : sum(ready, true) / ready.size();
  }

  private static double ratio(List<Use> pods, int targetPercent) {
    long full = sum(pods, false);
    return full == 0 ? 0 : sum(pods, true) * 100.0 / full / targetPercent;
  }

  private static long sum(List<Use> pods, boolean used) {
    return pods.stream().mapToLong(used ? Use::used : Use::full).sum();
  }

  /** Up to the next whole replica, but for what is only a rounding error. */
  private static int ceil(double replicas) {
    return (int) Math.ceil(replicas - 1e-9);
  }
}
