/**
 * One file a verb: read the request, call storage or the way of a write, answer. A verb knows no
 * other verb and no HTTP.
 */
package io.jkube.apiserver.handler;
