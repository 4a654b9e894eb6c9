/**
 * Objects over the {@link io.jkube.store.Store}: keys as Kubernetes lays them, values as the JSON
 * that goes over the wire, watch caches that hand the committed bytes to every reader.
 *
 * <p>Vocabulary: a {@link io.jkube.apiserver.storage.StoredObject} is one object at one revision; a
 * {@link io.jkube.apiserver.storage.WatchCache} holds the newest state of one kind and its last
 * changes; {@link io.jkube.apiserver.storage.WatchCaches} feeds them all from one watch of the
 * store, in order, so that it is always known up to which revision they are complete.
 *
 * <p>Threads: {@code WatchCaches} owns the one thread that reads the store's watch. It takes the
 * lock of one cache at a time and never waits for a reader: a watcher that falls behind is ended.
 */
package io.jkube.apiserver.storage;
