package io.jkube.scheduler.plugin;

import io.jkube.scheduler.framework.Diagnosis;
import io.jkube.scheduler.framework.NodeSnapshot;
import io.jkube.scheduler.framework.PodInfo;
import io.jkube.scheduler.framework.PostFilterPlugin;
import io.jkube.scheduler.framework.PostFilterResult;

/**
 * Would give back a claimed device that keeps a pod from every node. No device is ever claimed
 * here, so it only says so, in the words that tell it apart from the preemption of pods.
 */
public final class DynamicResources implements PostFilterPlugin {
  @Override
  public String name() {
    return "DynamicResources";
  }

  @Override
  public PostFilterResult postFilter(
      PodInfo pod, NodeSnapshot nodes, Diagnosis diagnosis, WhatIf whatIf) {
    return new PostFilterResult.Nothing("no new claims to deallocate");
  }
}
