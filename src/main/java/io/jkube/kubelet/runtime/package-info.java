/**
 * The port to what runs containers, and its implementation on a Docker Engine. The words are those
 * of the Container Runtime Interface: a pod is a <em>sandbox</em> (the pause container, which owns
 * network and IPC) and containers in it.
 *
 * <p>docker-java is seen in this package and below only. A runtime keeps no state of its own beyond
 * what the engine holds: labels on containers tell whose they are, so a new process finds
 * everything again.
 */
package io.jkube.kubelet.runtime;
