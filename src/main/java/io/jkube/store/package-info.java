/**
 * The port to the state: keys and values under one sequence of revisions, in etcd's words and with
 * etcd's semantics.
 *
 * <p>A <em>revision</em> numbers a commit of the whole store; an entry's <em>mod revision</em> is
 * that of its last change and is the object's {@code metadata.resourceVersion}. <em>Compaction</em>
 * forgets what was before a revision. The store knows bytes only; what a key or a value means is
 * the API server's business. Implementations live in packages below, are seen by {@code
 * io.jkube.cluster} alone, and pass the contract suite in the tests.
 */
package io.jkube.store;
