package io.jkube.scheduler.plugin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ObjectKey;
import io.jkube.scheduler.framework.ClusterEvent;
import io.jkube.scheduler.framework.FilterPlugin;
import io.jkube.scheduler.framework.NodeFilter;
import io.jkube.scheduler.framework.NodeSnapshot;
import io.jkube.scheduler.framework.PodClaims;
import io.jkube.scheduler.framework.PodInfo;
import io.jkube.scheduler.framework.StorageView;
import io.jkube.scheduler.framework.Verdict;
import java.util.HashSet;
import java.util.Set;

/** A claim that is for one pod only ({@code ReadWriteOncePod}) is had by one pod only. */
public record VolumeRestrictions(StorageView storage) implements FilterPlugin {
  private static final Verdict TAKEN =
      Verdict.unschedulable(
          "node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access"
              + " mode");

  @Override
  public String name() {
    return "VolumeRestrictions";
  }

  @Override
  public Set<ClusterEvent> retryOn() {
    return Set.of(ClusterEvent.ASSIGNED_POD_GONE, ClusterEvent.STORAGE_CHANGED);
  }

  @Override
  public NodeFilter prepare(PodInfo pod, NodeSnapshot nodes) {
    var exclusive = new HashSet<ObjectKey>();
    for (var claim : PodClaims.of(pod)) {
      if (storage.claim(claim.key()).filter(VolumeRestrictions::isForOnePod).isPresent()) {
        exclusive.add(claim.key());
      }
    }
    return exclusive.isEmpty() || !isTaken(exclusive, nodes)
        ? NodeFilter.NOTHING_AGAINST
        : node -> TAKEN;
  }

  private static boolean isForOnePod(ObjectNode claim) {
    return claim
        .at("/spec/accessModes")
        .valueStream()
        .anyMatch(mode -> mode.asText().equals("ReadWriteOncePod"));
  }

  private static boolean isTaken(Set<ObjectKey> claims, NodeSnapshot nodes) {
    return nodes.nodes().stream()
        .flatMap(node -> node.pods().stream())
        .flatMap(pod -> PodClaims.of(pod).stream())
        .anyMatch(claim -> claims.contains(claim.key()));
  }
}
