/**
 * HTTP/1.1 to an engine: a Unix-domain socket, TCP or TLS, behind docker-java's {@link
 * com.github.dockerjava.transport.DockerHttpClient}.
 *
 * <p>Ours because the transports that docker-java brings never close the input side of an attached
 * process ({@code exec -i cat} hangs), cost 12 jars and 250 ms at start, and cannot be interrupted.
 *
 * <p>Words: a <em>link</em> is a byte stream to the engine; a <em>connection</em> is a link that
 * speaks HTTP, used by one request at a time and kept in the <em>pool</em> in between; a request
 * that is <em>hijacked</em> turns its connection into a raw stream in both directions.
 *
 * <p><strong>Threads.</strong> A request runs on its caller's thread. One daemon thread, the {@code
 * Watchdog}, closes the link of a request that ran out of time. A hijacked request has one virtual
 * thread that carries its input. Interruption closes the link and ends the wait.
 */
package io.jkube.kubelet.runtime.docker.http;
