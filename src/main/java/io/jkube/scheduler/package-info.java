/**
 * Gives every pod that asks for the default scheduler a node.
 *
 * <p>Informers of pods and nodes feed {@link io.jkube.scheduler.ClusterState} and {@link
 * io.jkube.scheduler.SchedulingQueue}; one thread takes pod after pod from the queue and decides
 * (the scheduling cycle); binding and telling of failure run on threads of their own, while the
 * state already counts the pod as <em>assumed</em> on its node. A pod that fits nowhere waits in
 * the queue for an event that could help.
 *
 * <p>Does not preempt, and knows nothing of volumes, pod affinity and topology spread.
 */
package io.jkube.scheduler;
