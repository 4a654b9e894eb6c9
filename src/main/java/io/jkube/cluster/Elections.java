package io.jkube.cluster;

import io.jkube.api.metrics.MetricsSource;
import io.jkube.client.ApiClient;
import io.jkube.client.leader.LeaderElector;
import io.jkube.client.leader.LeaderTiming;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Who does what only one may do: this process, which has the store to itself. */
final class Elections {
  private Elections() {}

  /**
   * What the work counts is published while this process does it.
   *
   * @param lease by which tools know who does the work
   * @param work begins it; closing what it answers ends it
   */
  static <W extends AutoCloseable & MetricsSource> AutoCloseable start(
      Parts parts, ApiClient client, String lease, Supplier<W> work) {
    var begun = new AtomicReference<W>();
    parts.chain.publish(
        text -> {
          var now = begun.get();
          if (now != null) {
            now.writeTo(text);
          }
        });
    return new LeaderElector(
            client,
            lease,
            parts.candidate,
            parts.clock,
            LeaderTiming.ALONE,
            true,
            () -> {
              var next = work.get();
              begun.set(next);
              return next;
            })
        .start();
  }
}
