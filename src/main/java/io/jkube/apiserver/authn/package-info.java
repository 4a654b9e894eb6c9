/**
 * Finds out who asks: client certificate, bearer token, owner of the Unix socket, or a component of
 * this process. Knows nothing of what they may do.
 */
package io.jkube.apiserver.authn;
