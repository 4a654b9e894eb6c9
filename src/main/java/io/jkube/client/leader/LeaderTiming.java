package io.jkube.client.leader;

import java.time.Duration;

/**
 * How long a leader is trusted.
 *
 * @param leaseDuration after which others may take a lease that was not renewed
 * @param renewDeadline after which a leader that cannot renew gives up; before others may take over
 * @param retryPeriod between two tries to take or renew it
 */
public record LeaderTiming(Duration leaseDuration, Duration renewDeadline, Duration retryPeriod) {
  /** Upstream's defaults of --leader-elect-lease-duration and its like. */
  public static final LeaderTiming DEFAULT =
      new LeaderTiming(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));

  /** For one that has nobody to fear: it writes no more often than tells who looks. */
  public static final LeaderTiming ALONE =
      new LeaderTiming(Duration.ofSeconds(15), Duration.ofSeconds(12), Duration.ofSeconds(10));

  public LeaderTiming {
    if (retryPeriod.compareTo(renewDeadline) >= 0 || renewDeadline.compareTo(leaseDuration) >= 0) {
      throw new IllegalArgumentException(
          "a lease lasts longer than the renew deadline, and that longer than the retry period");
    }
  }
}
