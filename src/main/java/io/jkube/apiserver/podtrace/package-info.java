/**
 * The server's own part of {@code jkube trace pod}: what it notes of pods, and the answer with all
 * hops.
 *
 * <p>Owns one thread: a watch of pods that notes when watchers see a pod running.
 */
package io.jkube.apiserver.podtrace;
