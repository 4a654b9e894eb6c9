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
 * only after it was given out: what was given out lately counts as taken, stored or not.
 *
 * <p>Thread-safe: the lock is this object's own, held while one value is chosen.
 */
final class Reservations<T> {
  /** Longer than any request lives; a value that was given out but never stored is free again. */
  private static final Duration HELD = Duration.ofMinutes(2);

  private final InstantSource clock;
  private final Map<T, Instant> given = new HashMap<>();

  Reservations(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * The first of the candidates that nobody has.
   *
   * @param stored reads what is taken already; read under the lock, so that nothing slips between
   */
  synchronized Optional<T> first(Stream<T> candidates, Supplier<Set<T>> stored) {
    var now = clock.instant();
    given.values().removeIf(since -> since.plus(HELD).isBefore(now));
    var taken = stored.get();
    var free =
        candidates.filter(each -> !taken.contains(each) && !given.containsKey(each)).findFirst();
    free.ifPresent(each -> given.put(each, now));
    return free;
  }
}
