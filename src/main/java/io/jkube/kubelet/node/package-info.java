/**
 * The node's own object: what the machine has, how it is, which images are there; and its Lease,
 * the heartbeat. One virtual thread a node beats; it owns what was last written.
 */
package io.jkube.kubelet.node;
