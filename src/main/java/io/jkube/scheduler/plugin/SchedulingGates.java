package io.jkube.scheduler.plugin;

import io.jkube.scheduler.framework.PodInfo;
import io.jkube.scheduler.framework.PreEnqueuePlugin;

/** A pod with scheduling gates waits until the last of them is taken away. */
public final class SchedulingGates implements PreEnqueuePlugin {
  @Override
  public String name() {
    return "SchedulingGates";
  }

  @Override
  public boolean mayEnqueue(PodInfo pod) {
    return !pod.isGated();
  }
}
