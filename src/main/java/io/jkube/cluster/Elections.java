package io.jkube.cluster;

import io.jkube.client.ApiClient;
import io.jkube.client.leader.LeaderElector;
import io.jkube.client.leader.LeaderTiming;
import java.util.function.Supplier;

/** Who does what only one may do: this process, which has the store to itself. */
final class Elections {
  private Elections() {}

  /**
   * @param lease by which tools know who does the work
   * @param work begins it; closing what it answers ends it
   */
  static AutoCloseable start(
      Parts parts, ApiClient client, String lease, Supplier<? extends AutoCloseable> work) {
    return new LeaderElector(
            client, lease, parts.candidate, parts.clock, LeaderTiming.ALONE, true, work)
        .start();
  }
}
