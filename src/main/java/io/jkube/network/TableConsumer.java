package io.jkube.network;

import io.jkube.network.proxy.ServiceTable;
import java.io.IOException;

/** Routes by the newest table. */
@FunctionalInterface
public interface TableConsumer {
  /**
   * Called by one thread, with one table after the other.
   *
   * @return false when a part has to wait for something that no table tells (a port that is taken):
   *     the same or a newer table follows after a pause
   * @throws IOException it could not be done now; a table follows likewise
   */
  boolean accept(ServiceTable table) throws IOException, InterruptedException;
}
