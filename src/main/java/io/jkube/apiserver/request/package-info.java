/**
 * The values that a request is made of on its way through the server: {@link
 * io.jkube.apiserver.request.ApiRequest} in, {@link io.jkube.apiserver.request.Reply} out.
 *
 * <p>No threads, no I/O. Knows nothing of HTTP libraries, so that a component of this process asks
 * in the same way as a client on the network.
 */
package io.jkube.apiserver.request;
