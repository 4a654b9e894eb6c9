/**
 * Streams in both directions, as exec, attach and port-forward speak them: what the server and its
 * clients have in common.
 *
 * <p>Words: a <em>link</em> is a byte stream each way; a <em>wire</em> cuts a link into messages
 * ({@link io.jkube.api.stream.WebSocketWire}, RFC 6455); a <em>channel</em> is one of the streams
 * that share a wire, told by a number in front of each message.
 *
 * <p>All of it blocks and belongs on virtual threads: one reads, others write. Who does not read
 * stalls whoever writes, and nothing is kept in between; so memory stays flat.
 */
package io.jkube.api.stream;
