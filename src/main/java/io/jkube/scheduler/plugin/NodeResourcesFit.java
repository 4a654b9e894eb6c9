package io.jkube.scheduler.plugin;

import io.jkube.scheduler.framework.ClusterEvent;
import io.jkube.scheduler.framework.LocalFilterPlugin;
import io.jkube.scheduler.framework.NodeInfo;
import io.jkube.scheduler.framework.NodeScore;
import io.jkube.scheduler.framework.NodeSnapshot;
import io.jkube.scheduler.framework.PodInfo;
import io.jkube.scheduler.framework.ScorePlugin;
import io.jkube.scheduler.framework.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a pod asks for must be free on its node; the node with the most left is best. */
public final class NodeResourcesFit implements LocalFilterPlugin, ScorePlugin {
  @Override
  public String name() {
    return "NodeResourcesFit";
  }

  @Override
  public Set<ClusterEvent> retryOn() {
    return Set.of(
        ClusterEvent.NODE_ADDED,
        ClusterEvent.NODE_ALLOCATABLE_CHANGED,
        ClusterEvent.ASSIGNED_POD_GONE,
        ClusterEvent.POD_CHANGED);
  }

  @Override
  public Verdict filter(PodInfo pod, NodeInfo node) {
    var shortage = new Shortage();
    if (node.pods().size() + 1 > node.allocatable().pods()) {
      shortage.reasons.add("Too many pods");
    }
    var asked = pod.requests();
    var has = node.allocatable();
    var used = node.requested();
    shortage.note("cpu", asked.milliCpu(), used.milliCpu(), has.milliCpu());
    shortage.note("memory", asked.memoryBytes(), used.memoryBytes(), has.memoryBytes());
    shortage.note(
        "ephemeral-storage",
        asked.ephemeralStorageBytes(),
        used.ephemeralStorageBytes(),
        has.ephemeralStorageBytes());
    asked
        .others()
        .forEach(
            (name, amount) ->
                shortage.note(
                    name,
                    amount,
                    used.others().getOrDefault(name, 0L),
                    has.others().getOrDefault(name, 0L)));
    return shortage.verdict();
  }

  @Override
  public int weight() {
    return 1;
  }

  @Override
  public Optional<NodeScore> prepare(PodInfo pod, NodeSnapshot nodes, List<NodeInfo> fitting) {
    return Optional.of(node -> leastAllocated(pod, node));
  }

  /** The free share of cpu and of memory, as if the pod were there, on average. */
  private static long leastAllocated(PodInfo pod, NodeInfo node) {
    var total = node.scoringRequested().plus(pod.scoringRequests());
    var has = node.allocatable();
    long sum = 0;
    int kinds = 0;
    if (has.milliCpu() > 0) {
      sum += freeShare(total.milliCpu(), has.milliCpu());
      kinds++;
    }
    if (has.memoryBytes() > 0) {
      sum += freeShare(total.memoryBytes(), has.memoryBytes());
      kinds++;
    }
    return kinds == 0 ? 0 : sum / kinds;
  }

  private static long freeShare(long used, long capacity) {
    return used > capacity ? 0 : (long) ((double) (capacity - used) * MAX_SCORE / capacity);
  }

  /** What a node has too little of. */
  private static final class Shortage {
    private final List<String> reasons = new ArrayList<>();
    private boolean evenWhenEmpty;

    void note(String resource, long asked, long used, long capacity) {
      if (asked > 0 && asked > capacity - used) {
        reasons.add("Insufficient " + resource);
        evenWhenEmpty |= asked > capacity;
      }
    }

    Verdict verdict() {
      if (reasons.isEmpty()) {
        return Verdict.FITS;
      }
      return evenWhenEmpty ? new Verdict.Unresolvable(reasons) : new Verdict.Unschedulable(reasons);
    }
  }
}
