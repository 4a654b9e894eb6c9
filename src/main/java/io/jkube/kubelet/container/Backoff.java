package io.jkube.kubelet.container;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How long to wait before something is tried again, by key: nothing at first, then {@code initial},
 * doubling up to {@code longest}; begins anew after twice {@code longest} without failure. Not
 * thread-safe: belongs to one pod worker.
 */
public final class Backoff {
  /** Ten seconds to five minutes: of crashing containers and of failing pulls. */
  public static final Duration INITIAL = Duration.ofSeconds(10);

  public static final Duration LONGEST = Duration.ofMinutes(5);

  private record Entry(Duration delay, Instant updated) {}

  private final Duration initial;
  private final Duration longest;
  private final Map<String, Entry> entries = new HashMap<>();

  public Backoff(Duration initial, Duration longest) {
    this.initial = initial;
    this.longest = longest;
  }

  /** Notes a try at {@code now}, after a failure at {@code since}; the next one waits longer. */
  public void next(String key, Instant since, Instant now) {
    var entry = entries.get(key);
    boolean anew = entry == null || expired(entry, since);
    var delay = anew ? initial : shorter(entry.delay.multipliedBy(2), longest);
    entries.put(key, new Entry(delay, now));
  }

  /** How long after the failure to wait; zero when it was the first for long. */
  public Duration delay(String key, Instant since) {
    var entry = entries.get(key);
    return entry == null || expired(entry, since) ? Duration.ZERO : entry.delay;
  }

  private boolean expired(Entry entry, Instant since) {
    return since.isAfter(entry.updated.plus(longest.multipliedBy(2)));
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
