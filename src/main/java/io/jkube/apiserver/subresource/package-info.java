/** What stands below an object: status, binding, eviction, log, finalize. One file each. */
package io.jkube.apiserver.subresource;
