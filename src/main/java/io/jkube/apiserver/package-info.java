/**
 * The API server. {@link io.jkube.apiserver.ApiServer} listens (Javalin on Jetty); {@link
 * io.jkube.apiserver.FilterChain} is the way of every request, from a socket or from a component of
 * this process: request info, authentication, fairness, authorisation, then {@link
 * io.jkube.apiserver.Dispatch}: a verb of {@code handler}, a {@code subresource}, a {@code review},
 * {@code discovery}, {@code openapi}, or another server. Nothing else reaches the store. How all of
 * it hangs together is {@link io.jkube.apiserver.Assembly}'s.
 *
 * <p>Threads: a request runs on the (virtual) thread that brought it, and a watch holds its own.
 * The one thread that the server starts reads the store's changes into the watch caches ({@code
 * objects}).
 *
 * <p>Does not: schedule, reconcile, run containers, or know where the store keeps its bytes.
 */
package io.jkube.apiserver;
