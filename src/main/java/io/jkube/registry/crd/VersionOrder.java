package io.jkube.registry.crd;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * The order of versions (Kubernetes documentation: "Version priority"): stable before beta before
 * alpha, the higher number first, other names after all, by the alphabet.
 */
final class VersionOrder {
  private static final Pattern FORM = Pattern.compile("v(\\d{1,9})(?:(alpha|beta)(\\d{1,9}))?");

  static final Comparator<String> NEWEST_FIRST =
      Comparator.comparing(VersionOrder::rank)
          .thenComparing(Comparator.comparing(VersionOrder::major).reversed())
          .thenComparing(Comparator.comparing(VersionOrder::minor).reversed())
          .thenComparing(Comparator.naturalOrder());

  private VersionOrder() {}

  private static int rank(String version) {
    var matcher = FORM.matcher(version);
    if (!matcher.matches()) {
      return 3;
    }
    return switch (matcher.group(2)) {
      case null -> 0;
      case "beta" -> 1;
      case String alpha -> 2;
    };
  }

  private static int major(String version) {
    return number(version, 1);
  }

  private static int minor(String version) {
    return number(version, 3);
  }

  private static int number(String version, int group) {
    var matcher = FORM.matcher(version);
    return matcher.matches() && matcher.group(group) != null
        ? Integer.parseInt(matcher.group(group))
        : 0;
  }
}
