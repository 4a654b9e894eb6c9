/**
 * Asks running containers how they are: by a command, an HTTP request, a gRPC call, a connection. A
 * virtual thread a probe, as long as its container runs; it counts successes and failures against
 * the thresholds and tells its worker only when the answer turns.
 */
package io.jkube.kubelet.probe;
