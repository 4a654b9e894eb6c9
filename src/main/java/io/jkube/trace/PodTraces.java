package io.jkube.trace;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The hops of the newest pods, by uid. Thread-safe; a note costs a short lock and never fails. */
public final class PodTraces {
  private final InstantSource clock;
  private final int maxPods;
  private final int maxHopsPerPod;
  private final Map<String, List<Hop>> byUid = new LinkedHashMap<>();

  /**
   * @param maxPods beyond which the pod noted first is forgotten
   * @param maxHopsPerPod beyond which further hops of a pod are dropped (a pod that restarts for
   *     ever)
   */
  public PodTraces(InstantSource clock, int maxPods, int maxHopsPerPod) {
    this.clock = clock;
    this.maxPods = maxPods;
    this.maxHopsPerPod = maxHopsPerPod;
  }

  /**
   * Notes a hop that happens now.
   *
   * @param detail key, value, key, value, ...
   */
  public void note(String podUid, String component, String step, long revision, String... detail) {
    var facts = new LinkedHashMap<String, String>();
    for (int i = 0; i + 1 < detail.length; i += 2) {
      facts.put(detail[i], detail[i + 1]);
    }
    var hop = new Hop(clock.instant(), component, step, revision, facts);
    synchronized (byUid) {
      var hops = byUid.computeIfAbsent(podUid, uid -> new ArrayList<>());
      if (hops.size() < maxHopsPerPod) {
        hops.add(hop);
      }
      if (byUid.size() > maxPods) {
        byUid.remove(byUid.keySet().iterator().next());
      }
    }
  }

  /** What was noted of a pod, oldest first; empty when nothing is known (any more). */
  public List<Hop> of(String podUid) {
    synchronized (byUid) {
      return List.copyOf(byUid.getOrDefault(podUid, List.of()));
    }
  }
}
