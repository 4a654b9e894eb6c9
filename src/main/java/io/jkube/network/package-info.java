/**
 * The way to Services: {@link io.jkube.network.ServiceNetworking} reads services and their slices
 * and hands the resulting {@link io.jkube.network.proxy.ServiceTable} to everyone who routes by it:
 * rules in the kernel ({@code nft}), listeners on this machine's loopback address ({@code
 * forward}), and the names of the cluster ({@code dns}). {@link io.jkube.network.PolicyNetworking}
 * does the same for network policies, with a {@link io.jkube.network.policy.PolicyTable}.
 *
 * <p>Threads: the informers' tell of changes; one thread of {@code ServiceNetworking}, and one of
 * {@code PolicyNetworking}, makes the next table and gives it to each consumer in turn, so that a
 * consumer sees tables in order and never two at a time.
 */
package io.jkube.network;
