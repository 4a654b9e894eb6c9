/**
 * Services on this machine's own loopback address, by listeners of this process: node ports at
 * their number, load balancers at the ports they name. A listener takes its port for all to see,
 * needs no root above port 1023, and opens nothing to the pods or to other machines, which kernel
 * rules for 127.0.0.1 would.
 *
 * <p>{@link io.jkube.network.forward.LoopbackProxy} owns the listeners, {@link
 * io.jkube.network.forward.LoadBalancers} tells the API which services have theirs. Every listener
 * has a virtual thread, and so has a connection until it is made; then the one thread of the {@link
 * io.jkube.network.forward.Relay} passes its bytes.
 */
package io.jkube.network.forward;
