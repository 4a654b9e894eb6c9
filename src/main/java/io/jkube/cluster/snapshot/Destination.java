package io.jkube.cluster.snapshot;

import io.jkube.store.Versioned;
import java.io.IOException;
import java.time.Instant;

/** A store that a snapshot's entries go into. What was begun and is not kept leaves nothing. */
interface Destination extends AutoCloseable {
  /**
   * @param deadline when the store is to delete it; null for never
   * @throws io.jkube.store.StoreException it cannot be written
   */
  void add(Versioned entry, Instant deadline);

  /**
   * All is there, and durable.
   *
   * @param revision at which the entries stood so
   */
  void finish(long revision) throws IOException;

  /** What was finished stays. */
  void keep();

  @Override
  void close() throws IOException;
}
