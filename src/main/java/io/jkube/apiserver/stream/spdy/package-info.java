/**
 * SPDY/3.1, as far as Kubernetes speaks it: kubectl before 1.31 and most Go clients for exec and
 * attach, and every kubectl for port-forward (inside a WebSocket since 1.31).
 *
 * <p>Words: a <em>frame</em> is what is on the wire; a <em>session</em> is the connection; a
 * <em>stream</em> is a pair of byte streams in it, opened by the client with headers that say what
 * it is for.
 *
 * <p>Differs from the specification as Kubernetes' own implementation does: no windows. A stream
 * whose reader stalls holds up its session once {@link
 * io.jkube.apiserver.stream.spdy.SpdyStream#MOST_WAITING_BYTES} wait, and no other session.
 *
 * <p>Ours, not Netty's, because its codec costs 3.4 MB and eight jars, 0.8 s at the first use, and
 * warnings about Unsafe on today's Java, for eight kinds of frame that will never change.
 *
 * <p>Threads: one reads a session and fills its streams; whoever holds a stream reads and writes it
 * on threads of its own.
 */
package io.jkube.apiserver.stream.spdy;
