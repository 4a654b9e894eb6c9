package io.jkube.store.etcd;

import io.etcd.jetcd.Lease;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Times to live. Keys of long lives that are written about the same time share a lease, as each
 * costs etcd a commit of its own: they go up to {@link #SHARED} late.
 */
final class Leases {
  private static final Duration SHARED = Duration.ofSeconds(5);
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Lease leases;
  private final Map<Duration, Shared> shared = new ConcurrentHashMap<>();

  private record Shared(long id, long usableUntilNanos) {}

  Leases(Lease leases) {
    this.leases = leases;
  }

  /** The id of a lease. */
  long of(Duration timeToLive) {
    return timeToLive.compareTo(LONG) < 0 ? grant(timeToLive) : sharedOf(timeToLive);
  }

  private long sharedOf(Duration timeToLive) {
    return shared
        .compute(
            timeToLive,
            (life, known) ->
                known != null && System.nanoTime() - known.usableUntilNanos() < 0
                    ? known
                    : new Shared(grant(life.plus(SHARED)), System.nanoTime() + SHARED.toNanos()))
        .id();
  }

  private long grant(Duration timeToLive) {
    long seconds = timeToLive.plusMillis(999).toSeconds();
    return Answers.await(leases.grant(seconds)).getID();
  }
}
