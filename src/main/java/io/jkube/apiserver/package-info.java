/**
 * The API server. {@link io.jkube.apiserver.ApiServer} listens (Javalin on Jetty); {@link
 * io.jkube.apiserver.FilterChain} is the way of every request, from a socket or from a component of
 * this process: request info, authentication, authorisation, then a verb of {@code handler}, a
 * {@code subresource}, a {@code review}, {@code discovery} or {@code openapi}. Nothing else reaches
 * the store.
 *
 * <p>Threads: a request runs on the (virtual) thread that brought it, and a watch holds its own.
 * The one thread that the server starts reads the store's changes into the watch caches ({@code
 * objects}).
 *
 * <p>Does not: schedule, reconcile, run containers, or know where the store keeps its bytes.
 */
package io.jkube.apiserver;
