/**
 * The commands about clusters themselves: start, stop, delete, status, list, kubeconfig,
 * logs-server. They run in the person's own process; the process of {@code start} becomes the
 * server. What is done to a cluster is done by {@code io.jkube.cluster}; here it is asked for and
 * told.
 */
package io.jkube.cli.lifecycle;
