/**
 * What stands below an object: status, binding, eviction, log, finalize, token, exec, attach,
 * portforward. One file each.
 */
package io.jkube.apiserver.subresource;
