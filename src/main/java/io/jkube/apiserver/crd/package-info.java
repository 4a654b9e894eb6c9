/**
 * Custom resources that come and go: {@link io.jkube.apiserver.crd.LiveKinds} keeps the catalog in
 * step with the CustomResourceDefinitions in the store, writes their conditions, ends the watches
 * of what changed, and empties what is deleted.
 *
 * <p>Threads: one follows the definitions and is the only one that writes the catalog; one a
 * definition that is being deleted waits for its objects to go.
 */
package io.jkube.apiserver.crd;
