package io.jkube.scheduler.framework;

/** Has its say when no node fits. Decides only; the scheduler carries out. */
public interface PostFilterPlugin extends Plugin {
  /** Tells what a filter would say if a node were another. */
  @FunctionalInterface
  interface WhatIf {
    /** Of the pod in question, on {@code node}, in a cluster where that node is as given. */
    Verdict onto(NodeInfo node);
  }

  PostFilterResult postFilter(PodInfo pod, NodeSnapshot nodes, Diagnosis diagnosis, WhatIf whatIf);
}
