/**
 * KubeDNS: the names of the cluster as Kubernetes' DNS specification 1.1 has them, and a way to the
 * machine's own servers for all other names.
 *
 * <p>{@link io.jkube.network.dns.ClusterNames} says what a name stands for, from the newest state
 * of services and slices, at the moment of the question; {@link io.jkube.network.dns.DnsServer}
 * owns the sockets: one thread reads datagrams and answers what is ours at once, a virtual thread
 * each takes what has to be asked elsewhere and each TCP connection. The wire format is dnsjava's,
 * loaded by the first question.
 *
 * <p>A question for elsewhere is asked anew, without what is between its client and us alone. The
 * answer is passed on as it came, for up to half a minute to others too; one that is too long for
 * the client's datagram is emptied and marked as cut, and the client asks again over TCP.
 */
package io.jkube.network.dns;
