/**
 * The way of a write, once a verb knows what is wanted: creation, update, deletion. Checks the body
 * against its place and its schema, keeps the metadata that is the server's, asks the kind's
 * strategy, validates, and commits under the expected revision; starts over when someone else was
 * faster and the client did not say which revision it means.
 *
 * <p>No threads, no locks: the store's compare on the revision is what keeps writers apart.
 */
package io.jkube.apiserver.mutation;
