/**
 * The commands about clusters themselves: start, stop, delete, status, list, kubeconfig,
 * logs-server, snapshot. They run in the person's own process; the process of {@code start} becomes
 * the server; only {@code snapshot save} runs in the server, where one runs. What is done to a
 * cluster is done by {@code io.jkube.cluster}; here it is asked for and told.
 */
package io.jkube.cli.lifecycle;
