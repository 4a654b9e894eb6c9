package io.jkube.scheduler;

import io.jkube.api.ObjectKey;
import io.jkube.client.informer.ObjectHandler;
import io.jkube.scheduler.framework.ClusterEvent;
import io.jkube.scheduler.framework.PodInfo;
import io.jkube.trace.PodTraces;
import java.util.EnumSet;
import java.util.Set;

/** Brings what happens to pods into the state and the queue. */
record PodNews(ClusterState state, SchedulingQueue queue, Nominations nominations, PodTraces traces)
    implements ObjectHandler<PodInfo> {
  @Override
  public void added(ObjectKey key, PodInfo pod) {
    if (pod.isTerminated()) {
      return;
    }
    if (pod.isAssigned()) {
      state.setPod(pod);
      queue.moveOn(Set.of(ClusterEvent.ASSIGNED_POD_ADDED));
    } else if (isOurs(pod)) {
      traces.note(pod.uid(), Scheduler.COMPONENT, "seen", pod.revision());
      waits(pod);
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
      drop(after);
    } else if (!state.hasPod(after.uid())) {
      // An assumed pod comes here too, when an older state of it is told late.
      waits(after);
    }
  }

  @Override
  public void deleted(ObjectKey key, PodInfo last) {
    gone(last);
  }

  private void waits(PodInfo pod) {
    if (!pod.nominatedNodeName().isEmpty()) {
      nominations.put(pod, pod.nominatedNodeName());
    }
    queue.put(pod);
  }

  private void drop(PodInfo pod) {
    nominations.remove(pod.uid());
    queue.remove(pod.uid());
  }

  private void assigned(PodInfo before, PodInfo after) {
    drop(after);
    state.setPod(after);
    var events = EnumSet.noneOf(ClusterEvent.class);
    if (!before.isAssigned()) {
      events.add(ClusterEvent.ASSIGNED_POD_ADDED);
    } else if (!before.requests().equals(after.requests())) {
      events.add(ClusterEvent.ASSIGNED_POD_GONE);
    }
    if (!before.labels().equals(after.labels())) {
      events.add(ClusterEvent.ASSIGNED_POD_CHANGED);
    }
    queue.moveOn(events);
  }

  private void gone(PodInfo pod) {
    drop(pod);
    if (state.hasPod(pod.uid())) {
      state.removePod(pod.uid());
      queue.moveOn(Set.of(ClusterEvent.ASSIGNED_POD_GONE));
    }
  }

  private static boolean isOurs(PodInfo pod) {
    return pod.schedulerName().equals(Scheduler.NAME) && !pod.isBeingDeleted();
  }
}
