/**
 * Keeps a local copy of a collection: a {@code Reflector} lists, then watches from the list's
 * revision, and begins anew when the server has forgotten that revision (410); an {@link
 * io.jkube.client.informer.Informer} holds the copy, indexed, and tells handlers of each change.
 *
 * <p>Contract: for each object, handlers see its states in order, none twice, and end at the newest
 * one, whatever connections drop or revisions expire. One virtual thread an informer writes the
 * copy and calls the handlers; anyone may read the copy at any time without a lock.
 */
package io.jkube.client.informer;
