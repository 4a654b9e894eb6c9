/**
 * The state in an etcd (3.4 and later), by jetcd, whose classes nothing else loads.
 *
 * <p>Keys stand where Kubernetes puts them, {@code /registry/pods/default/x}, below another prefix
 * where one is asked for. A call waits for its answer on the caller's thread; {@link
 * io.jkube.store.etcd.EtcdWatch} passes on what jetcd's threads hand it. jetcd finds another member
 * when one is lost and takes up its watches where they were; a write whose answer was lost is not
 * sent again, and answers as unavailable.
 *
 * <p>Not done here: making members, and their compaction at the right time.
 */
package io.jkube.store.etcd;
