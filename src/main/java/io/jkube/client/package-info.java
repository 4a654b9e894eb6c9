/**
 * How every part talks to the API server: {@link io.jkube.client.ApiClient} over a {@link
 * io.jkube.client.Transport} (in this process: straight into the server's filter chain; from
 * another machine: HTTPS). {@code informer} keeps a local copy of a collection, {@code workqueue}
 * holds the names to reconcile, {@code leader} lets one of several do what only one may do.
 *
 * <p>Knows the API's shapes only; imports nothing of the server.
 */
package io.jkube.client;
