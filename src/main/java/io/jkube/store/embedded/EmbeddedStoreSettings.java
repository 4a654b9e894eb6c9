package io.jkube.store.embedded;

import java.time.Duration;
import java.util.Objects;

/**
 * What can be turned at the embedded store. History is forgotten as soon as one of its three bounds
 * is passed.
 *
 * @param historyTime how long superseded values and changes are kept
 * @param historyRevisions at most so many changes
 * @param historyBytes at most so many bytes of superseded values
 * @param cacheMebibytes memory for pages of the file
 */
public record EmbeddedStoreSettings(
    Duration historyTime, int historyRevisions, long historyBytes, int cacheMebibytes) {
  public static final EmbeddedStoreSettings DEFAULTS =
      new EmbeddedStoreSettings(Duration.ofMinutes(5), 100_000, 64L << 20, 16);

  public EmbeddedStoreSettings {
    Objects.requireNonNull(historyTime, "historyTime");
    if (historyTime.isNegative()
        || historyRevisions < 1
        || historyBytes < 1
        || cacheMebibytes < 1) {
      throw new IllegalArgumentException("bounds must be positive");
    }
  }
}
