/**
 * The {@link io.jkube.kubelet.runtime.ContainerRuntime} on a Docker Engine, and the way to find,
 * install and start one.
 *
 * <p>What is sent is said in docker-java's words; what comes back is read as JSON trees, since
 * docker-java parses each answer three times over. Streams (logs, events, attached processes) are
 * read by the thread that wants them.
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
