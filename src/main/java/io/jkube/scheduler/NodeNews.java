package io.jkube.scheduler;

import io.jkube.api.ObjectKey;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.scheduler.framework.ClusterEvent;
import io.jkube.scheduler.framework.NodeInfo;
import java.util.EnumSet;
import java.util.Set;

/** Brings what happens to nodes into the state, and what may help a waiting pod to the queue. */
record NodeNews(ClusterState state, SchedulingQueue queue) implements ObjectHandler<NodeInfo> {
  @Override
  public void added(ObjectKey key, NodeInfo node) {
    state.setNode(node);
    queue.moveOn(Set.of(ClusterEvent.NODE_ADDED));
  }

  @Override
  public void updated(ObjectKey key, NodeInfo before, NodeInfo after) {
    if (before.equals(after)) {
      return; // a heartbeat
    }
    state.setNode(after);
    queue.moveOn(changes(before, after));
  }

  @Override
  public void deleted(ObjectKey key, NodeInfo last) {
    state.removeNode(last.name());
    queue.moveOn(Set.of(ClusterEvent.NODE_REMOVED));
  }

  private static Set<ClusterEvent> changes(NodeInfo before, NodeInfo after) {
    var changes = EnumSet.noneOf(ClusterEvent.class);
    if (!before.allocatable().equals(after.allocatable())) {
      changes.add(ClusterEvent.NODE_ALLOCATABLE_CHANGED);
    }
    if (!before.labels().equals(after.labels())) {
      changes.add(ClusterEvent.NODE_LABELS_CHANGED);
    }
    if (!before.taints().equals(after.taints())
        || before.unschedulable() != after.unschedulable()) {
      changes.add(ClusterEvent.NODE_TAINTS_CHANGED);
    }
    return changes;
  }
}
