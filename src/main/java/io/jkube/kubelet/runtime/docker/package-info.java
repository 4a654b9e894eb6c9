/**
 * The {@link io.jkube.kubelet.runtime.ContainerRuntime} on a Docker Engine, and the way to find,
 * install and start one.
 *
 * <p>The two large requests, those that make sandboxes and containers, are said in docker-java's
 * words, which know the names and shapes of their fields. Everything else is small enough to be
 * said and read as JSON trees: docker-java has no version negotiation, waits where it should not,
 * and parses each answer three times over. Its interface of an HTTP client is the seam to {@code
 * http}, the client that is ours. Streams (logs, events, attached processes) are read by the thread
 * that wants them.
 *
 * <p><strong>State.</strong> None but the engine's: labels say which cluster and node a container
 * is of ({@link io.jkube.kubelet.runtime.docker.Labels}), and every question and every removal is
 * filtered by the cluster's label, so that several clusters share an engine without meeting.
 *
 * <p><strong>Threads.</strong> Callers' threads do the work. A {@code DockerCluster} prepares pause
 * image and network on virtual threads of its own, started with it; each subscription to events has
 * one.
 */
package io.jkube.kubelet.runtime.docker;
