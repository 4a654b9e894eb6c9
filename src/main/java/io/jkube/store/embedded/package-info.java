/**
 * The default store: one folder, one process, on H2's MVStore.
 *
 * <p>The folder holds {@code FORMAT} (the version of what is in it), {@code lock} (held while open,
 * with the holder's pid) and {@code state.mv}: a {@link io.jkube.store.embedded.Journal} that maps
 * each revision to the one {@link io.jkube.store.embedded.Change} it made. Everything that is read
 * lives in memory as {@link io.jkube.store.embedded.History}: per key a chain of versions, per
 * revision an event, both back to the last compaction.
 *
 * <p>Threads: one {@link io.jkube.store.embedded.Writer} thread owns the journal and alone changes
 * the history. It takes all commands that wait, decides them in order, writes them with one fsync,
 * and only then publishes the new revision; until then nobody sees them. Readers take no lock: they
 * read the published revision first and skip what is newer.
 *
 * <p>A failed write breaks the journal, not the store: reads go on from memory, writes fail until
 * the journal could be opened again, which every later write tries.
 */
package io.jkube.store.embedded;
