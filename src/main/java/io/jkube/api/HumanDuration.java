package io.jkube.api;

import java.time.Duration;

/**
 * Durations as kubectl prints ages: two to three significant figures, such as {@code 5s}, {@code
 * 2m3s}, {@code 4h5m}, {@code 3d2h}, {@code 2y30d}.
 */
public final class HumanDuration {
  private static final int DAYS_PER_YEAR = 365;

  private HumanDuration() {}

  /** A clock that is up to two seconds behind counts as now; further is {@code <invalid>}. */
  public static String of(Duration duration) {
    long seconds = duration.toMillis() / 1000;
    if (seconds < -1) {
      return "<invalid>";
    }
    if (seconds < 120) {
      return Math.max(0, seconds) + "s";
    }
    long minutes = duration.toMinutes();
    if (minutes < 10) {
      return pair(minutes, "m", seconds % 60, "s");
    }
    if (minutes < 180) {
      return minutes + "m";
    }
    long hours = duration.toHours();
    if (hours < 8) {
      return pair(hours, "h", minutes % 60, "m");
    }
    if (hours < 48) {
      return hours + "h";
    }
    return days(hours / 24, hours % 24);
  }

  private static String days(long days, long hours) {
    if (days < 8) {
      return pair(days, "d", hours, "h");
    }
    if (days < 2 * DAYS_PER_YEAR) {
      return days + "d";
    }
    long years = days / DAYS_PER_YEAR;
    return years < 8 ? pair(years, "y", days % DAYS_PER_YEAR, "d") : years + "y";
  }

  private static String pair(long large, String largeUnit, long small, String smallUnit) {
    return small == 0 ? large + largeUnit : large + largeUnit + small + smallUnit;
  }
}
