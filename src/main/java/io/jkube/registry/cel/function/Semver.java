package io.jkube.registry.cel.function;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * A semantic version (semver.org, 2.0.0).
 *
 * @param before the parts before a release, or empty
 * @param build says nothing about the order
 */
record Semver(long major, long minor, long patch, String before, String build)
    implements Comparable<Semver> {
  private static final String NUMBER = "(0|[1-9]\\d{0,17})";
  private static final Pattern STRICT =
      Pattern.compile(
          NUMBER
              + "\\."
              + NUMBER
              + "\\."
              + NUMBER
              + "(?:-([0-9A-Za-z.-]+))?(?:\\+([0-9A-Za-z.-]+))?");
  private static final Pattern LENIENT =
      Pattern.compile(
          "v?0*(\\d{1,18})(?:\\.0*(\\d{1,18}))?(?:\\.0*(\\d{1,18}))?(?:-([0-9A-Za-z.-]+))?"
              + "(?:\\+([0-9A-Za-z.-]+))?");

  /**
   * @param lenient whether a leading v, leading zeros and missing parts are forgiven
   * @throws IllegalArgumentException when it is none
   */
  static Semver parse(String text, boolean lenient) {
    var matcher = (lenient ? LENIENT : STRICT).matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("No Major.Minor.Patch elements found");
    }
    return new Semver(
        Long.parseLong(matcher.group(1)),
        number(matcher.group(2)),
        number(matcher.group(3)),
        matcher.group(4) == null ? "" : matcher.group(4),
        matcher.group(5) == null ? "" : matcher.group(5));
  }

  private static long number(String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  @Override
  public int compareTo(Semver other) {
    return Comparator.comparingLong(Semver::major)
        .thenComparingLong(Semver::minor)
        .thenComparingLong(Semver::patch)
        .thenComparing(Semver::before, Semver::compareBefore)
        .compare(this, other);
  }

  /** A release is later than all before it; numbers count as numbers, and before words. */
  private static int compareBefore(String one, String other) {
    if (one.isEmpty() || other.isEmpty()) {
      return Boolean.compare(one.isEmpty(), other.isEmpty());
    }
    var left = one.split("\\.");
    var right = other.split("\\.");
    for (int i = 0; i < Math.min(left.length, right.length); i++) {
      int compared = compareParts(left[i], right[i]);
      if (compared != 0) {
        return compared;
      }
    }
    return Integer.compare(left.length, right.length);
  }

  private static int compareParts(String one, String other) {
    boolean digits = one.matches("\\d{1,18}");
    boolean otherDigits = other.matches("\\d{1,18}");
    if (digits && otherDigits) {
      return Long.compare(Long.parseLong(one), Long.parseLong(other));
    }
    return digits == otherDigits ? one.compareTo(other) : digits ? -1 : 1;
  }
}
