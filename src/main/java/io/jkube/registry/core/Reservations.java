package io.jkube.registry.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Gives out values (addresses, ports) so that no two requests get the same, although each is stored
 * only after it was given out: what was given to a request counts as taken for all others as long
 * as that request lives, which is as long as its thread does or until that begins another.
 *
 * <p>Thread-safe: the lock is this object's own, held while one value is chosen.
 */
final class Reservations<T> {
  /** Longer than any request lives, for threads that outlive theirs. */
  private static final Duration HELD = Duration.ofMinutes(2);

  private record Given(Thread to, Instant since) {}

  private final InstantSource clock;
  private final Map<T, Given> given = new HashMap<>();

  Reservations(InstantSource clock) {
    this.clock = clock;
  }

  /** The request of this thread begins, maybe anew: nothing is given to it yet. */
  synchronized void begin() {
    var self = Thread.currentThread();
    given.values().removeIf(each -> each.to() == self);
  }

  /**
   * The first of the candidates that nobody has.
   *
   * @param stored reads what is taken already; read under the lock, so that nothing slips between
   */
  synchronized Optional<T> first(Stream<T> candidates, Supplier<Set<T>> stored) {
    var now = clock.instant();
    given.values().removeIf(each -> !each.to().isAlive() || each.since().plus(HELD).isBefore(now));
    var taken = stored.get();
    var free =
        candidates.filter(each -> !taken.contains(each) && !given.containsKey(each)).findFirst();
    free.ifPresent(each -> given.put(each, new Given(Thread.currentThread(), now)));
    return free;
  }
}
