/**
 * {@code jkube port-forward}: listens on this machine and carries each connection to a pod, over a
 * WebSocket of its own ({@code v5.channel.k8s.io}: channel 0 is the data, 1 what went wrong, each
 * begins with the port in two bytes).
 *
 * <p>Threads: one virtual thread a listener, two a connection. The command's own waits until the
 * user interrupts or the pod is gone.
 */
package io.jkube.cli.portforward;
