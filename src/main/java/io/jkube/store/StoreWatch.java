package io.jkube.store;

import java.util.List;

/**
 * A stream of changes in the order of their revisions, without gap or repeat. One thread reads it;
 * {@link #close} may come from any thread and ends a waiting {@link #next}.
 */
public interface StoreWatch extends AutoCloseable {
  /**
   * Waits for the next changes: one or more commits, each whole. Where {@link Store#revision}
   * counts commits of others too, a watch tells its progress soon after somebody asked for the
   * revision.
   *
   * @return at least one event; an empty list once the watch or the store is closed
   * @throws StoreException.Compacted when the reader is so late that events it needs are gone
   * @throws StoreException.Unavailable when the store can no longer tell; watch again from the last
   *     revision seen
   * @throws InterruptedException when the waiting thread is interrupted
   */
  List<StoreEvent> next() throws InterruptedException;

  @Override
  void close();
}
