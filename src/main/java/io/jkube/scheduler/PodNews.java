package io.jkube.scheduler;

import io.jkube.api.ObjectKey;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.scheduler.framework.ClusterEvent;
import io.jkube.scheduler.framework.PodInfo;
import io.jkube.trace.PodTraces;
import java.util.Set;

/** Brings what happens to pods into the state and the queue. */
record PodNews(ClusterState state, SchedulingQueue queue, PodTraces traces)
    implements ObjectHandler<PodInfo> {
  @Override
  public void added(ObjectKey key, PodInfo pod) {
    if (pod.isTerminated()) {
      return;
    }
    if (pod.isAssigned()) {
      state.setPod(pod);
    } else if (isOurs(pod)) {
      traces.note(pod.uid(), Scheduler.COMPONENT, "seen", pod.revision());
      queue.put(pod);
    }
  }

  @Override
  public void updated(ObjectKey key, PodInfo before, PodInfo after) {
    if (!before.uid().equals(after.uid())) {
      deleted(key, before);
      added(key, after);
    } else if (after.isTerminated()) {
      gone(after);
    } else if (after.isAssigned()) {
      assigned(before, after);
    } else if (!isOurs(after)) {
      queue.remove(after.uid());
    } else if (!state.hasPod(after.uid())) {
      // An assumed pod comes here too, when an older state of it is told late.
      queue.put(after);
    }
  }

  @Override
  public void deleted(ObjectKey key, PodInfo last) {
    gone(last);
  }

  private void assigned(PodInfo before, PodInfo after) {
    queue.remove(after.uid());
    state.setPod(after);
    if (before.isAssigned() && !before.requests().equals(after.requests())) {
      queue.moveOn(Set.of(ClusterEvent.ASSIGNED_POD_GONE));
    }
  }

  private void gone(PodInfo pod) {
    queue.remove(pod.uid());
    if (state.hasPod(pod.uid())) {
      state.removePod(pod.uid());
      queue.moveOn(Set.of(ClusterEvent.ASSIGNED_POD_GONE));
    }
  }

  private static boolean isOurs(PodInfo pod) {
    return pod.schedulerName().equals(Scheduler.NAME) && !pod.isBeingDeleted();
  }
}
