/**
 * {@code pods/proxy}, {@code services/proxy}, {@code nodes/proxy}: HTTP to what runs in the
 * cluster, through the API server and under its rules of who may do what.
 *
 * <p>Words: a <em>backend</em> is what is spoken to; an <em>exchange</em> is one request and its
 * answer on a connection of its own, HTTP/1.1. Bodies pass as they come, in both directions; an
 * upgrade (a WebSocket, say) turns the exchange into bytes each way. Only redirects and links in
 * HTML are changed, so that they lead through the proxy again.
 *
 * <p>Rights come from the subresource: a GET needs {@code get}, a POST {@code create}, and so on.
 * The caller's credentials stay here.
 */
package io.jkube.apiserver.proxy;
