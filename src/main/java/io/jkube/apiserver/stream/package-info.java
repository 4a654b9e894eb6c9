/**
 * What goes on over a connection after exec, attach or port-forward have upgraded it: the protocols
 * of {@code *.channel.k8s.io} over WebSocket and over SPDY/3.1, between a client and a process of a
 * kubelet; and watches over WebSocket.
 *
 * <p>Words: a <em>handshake</em> is what client and server agree on in the head of the request; a
 * <em>conversation</em> is what follows. A conversation owns its process and ends it (its streams,
 * not the process) when the client is gone.
 *
 * <p>Threads: a conversation runs on the connection's virtual thread, which carries what the
 * process writes; one more reads what the client sends. Neither keeps more than a piece of what
 * they carry, so a side that stalls holds up the other side and nobody else.
 */
package io.jkube.apiserver.stream;
