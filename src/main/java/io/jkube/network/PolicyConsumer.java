package io.jkube.network;

import io.jkube.network.policy.PolicyTable;
import java.io.IOException;

/** Holds pods to the newest policies. */
@FunctionalInterface
public interface PolicyConsumer {
  /**
   * Called by one thread, with one table after the other.
   *
   * @throws IOException it could not be done now, and what held before holds; the same or a newer
   *     table follows after a pause
   */
  void accept(PolicyTable table) throws IOException, InterruptedException;
}
