/** What stands below an object: status, binding, eviction, log, finalize, token. One file each. */
package io.jkube.apiserver.subresource;
