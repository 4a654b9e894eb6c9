/**
 * Which traffic of pods network policies allow, as plain values: policies, pods and namespaces in,
 * a {@link io.jkube.network.policy.PolicyTable} out. No packet, no rule of a kernel, no thread.
 *
 * <p>A pod that at least one policy selects for a direction is isolated in it: only what one of
 * those policies allows passes. A pod without an address of its own (not running, or on the host's
 * network) is neither isolated nor a peer.
 */
package io.jkube.network.policy;
