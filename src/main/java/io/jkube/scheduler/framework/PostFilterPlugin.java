package io.jkube.scheduler.framework;

/** Has its say when no node fits. */
public interface PostFilterPlugin extends Plugin {
  /** What to add to the message of why the pod cannot be scheduled. */
  String explain(PodInfo pod, Diagnosis diagnosis);
}
