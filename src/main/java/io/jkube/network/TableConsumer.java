package io.jkube.network;

import io.jkube.network.proxy.ServiceTable;
import java.io.IOException;

/** Routes by the newest table. */
@FunctionalInterface
public interface TableConsumer {
  /**
   * Called by one thread, with one table after the other.
   *
   * @throws IOException it could not be done now; the same or a newer table follows after a pause
   */
  void accept(ServiceTable table) throws IOException, InterruptedException;
}
