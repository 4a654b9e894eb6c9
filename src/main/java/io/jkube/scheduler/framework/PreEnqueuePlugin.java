package io.jkube.scheduler.framework;

/** Keeps a pod from being considered at all. */
public interface PreEnqueuePlugin extends Plugin {
  boolean mayEnqueue(PodInfo pod);
}
