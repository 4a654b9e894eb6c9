/**
 * A cluster in one file, and clusters out of such files.
 *
 * <p>A <em>snapshot</em> holds what stood in the store at one revision, byte for byte, and what
 * lies beside it in the cluster's folder: keys, range of services, how the server was started.
 * Values that are encrypted stay so. What volumes and containers hold is not in it. {@link
 * io.jkube.cluster.snapshot.SnapshotFormat} says how the file reads; {@link
 * io.jkube.cluster.snapshot.SnapshotFile} writes one from any store while the cluster runs, and
 * checks and reads one; {@link io.jkube.cluster.snapshot.Restoration} makes a new cluster of it,
 * whose folder appears whole or not at all.
 *
 * <p>Under another name, {@link io.jkube.cluster.snapshot.NewName} gives nodes, pods and volumes
 * that carried the old cluster's name or folder those of the new one.
 *
 * <p>Nothing here has state of its own. What is restored into an etcd is written by threads that
 * end with the restoration; all else is done by the caller's.
 */
package io.jkube.cluster.snapshot;
