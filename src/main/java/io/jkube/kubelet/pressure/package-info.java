/**
 * What a node does when its machine runs short of memory, disk or processes: it says so in its
 * conditions, gives back what nobody needs, and then ends one pod after the other (Kubernetes:
 * "Node-pressure Eviction").
 *
 * <p>Words are upstream's: a <em>signal</em> is a figure of the machine, a <em>threshold</em> the
 * value of it below which something has to go, a <em>pressure</em> the node's condition that
 * follows. Soft thresholds and minimum reclaims are not there.
 *
 * <p>One virtual thread a node, that of {@code PressureWatch}, looks every ten seconds and owns all
 * that was seen before; {@code NodePressure} is what the others may read of it. Figures are those
 * of this machine: where the engine's is another, nothing is known and nothing done.
 */
package io.jkube.kubelet.pressure;
