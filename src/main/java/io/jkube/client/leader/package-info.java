/**
 * Of several that could do the same work on one store, one does it: whoever holds the {@link
 * io.jkube.client.leader.LeaderLease}. Names, fields and times are those of upstream's leader
 * election by Leases, so that tools which look at them see who leads.
 *
 * <p>A {@link io.jkube.client.leader.LeaderElector} owns one virtual thread, which takes the lease,
 * begins the work, renews, and ends the work when it cannot renew any more. It knows nothing of the
 * work.
 */
package io.jkube.client.leader;
