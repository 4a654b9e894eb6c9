package io.jkube.scheduler.framework;

/** What changed in the cluster and may make a pod schedulable that was not. */
public enum ClusterEvent {
  NODE_ADDED,
  NODE_REMOVED,
  NODE_ALLOCATABLE_CHANGED,
  NODE_LABELS_CHANGED,
  NODE_TAINTS_CHANGED,
  /** A pod has got a node. */
  ASSIGNED_POD_ADDED,
  /** The labels of a pod with a node are others. */
  ASSIGNED_POD_CHANGED,
  /** A pod with a node is gone, ended, or asks for less. */
  ASSIGNED_POD_GONE,
  /** A claim, a volume or a class of them was made, changed or removed. */
  STORAGE_CHANGED,
  /** A waiting pod itself was changed. */
  POD_CHANGED
}
