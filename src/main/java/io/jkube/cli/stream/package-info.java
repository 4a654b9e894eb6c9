/**
 * What {@code jkube exec}, {@code attach}, {@code cp}, {@code logs} and {@code port-forward} have
 * in common: which pods and which container a user means, and the streams of a process in a
 * container, over {@code v5.channel.k8s.io}.
 *
 * <p>Threads: the command's own prints what comes; a virtual one sends stdin as the user gives it.
 */
package io.jkube.cli.stream;
