package io.jkube.scheduler.framework;

/** What can be done for a pod that fits nowhere. */
public sealed interface PostFilterResult {
  /** Other pods are to make room. */
  record MakeRoom(Preemption preemption) implements PostFilterResult {}

  /** Room is being made already; the pod keeps the node it was promised. */
  record Wait(String message) implements PostFilterResult {}

  /** Nothing; {@code message} says why, and goes into what the pod's owner is told. */
  record Nothing(String message) implements PostFilterResult {}
}
