/**
 * Gives every pod that asks for the default scheduler a node.
 *
 * <p>Informers of pods and nodes feed {@link io.jkube.scheduler.ClusterState} and {@link
 * io.jkube.scheduler.SchedulingQueue}; one thread takes pod after pod from the queue and decides
 * (the scheduling cycle); binding and telling of failure run on threads of their own, while the
 * state already counts the pod as <em>assumed</em> on its node; only so many bindings are under way
 * at once as the server has seats for. A pod that fits nowhere waits in the queue for an event that
 * could help.
 *
 * <p>Where it fits once less important pods have gone, that node is <em>nominated</em> for it and
 * they are deleted.
 *
 * <p>Before a pod is bound, its claims are: they get volumes that can be had on its node, or the
 * node's name for whoever makes volumes.
 *
 * <p>Knows nothing of claimed devices, and of no topology spread but what a pod itself asks for.
 */
package io.jkube.scheduler;
