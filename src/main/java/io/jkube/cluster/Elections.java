package io.jkube.cluster;

import io.jkube.api.metrics.MetricsSource;
import io.jkube.api.metrics.TextFormat;
import io.jkube.client.ApiClient;
import io.jkube.client.leader.LeaderElector;
import io.jkube.client.leader.LeaderTiming;
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
    var underWay = new UnderWay();
    parts.chain.publish(underWay);
    return new LeaderElector(
            client,
            lease,
            parts.candidate,
            parts.clock,
            LeaderTiming.ALONE,
            true,
            () -> underWay.begin(work.get()))
        .start();
  }

  /** What the work of now counts; nothing before it has begun and once it is closed. */
  static final class UnderWay implements MetricsSource {
    private volatile MetricsSource counts;

    /** Closing what it answers ends the work. */
    <W extends AutoCloseable & MetricsSource> AutoCloseable begin(W work) {
      counts = work;
      return () -> {
        counts = null;
        work.close();
      };
    }

    @Override
    public void writeTo(TextFormat text) {
      var now = counts;
      if (now != null) {
        now.writeTo(text);
      }
    }
  }
}
