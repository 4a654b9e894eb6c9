package io.jkube.kubelet;

import io.jkube.kubelet.pressure.Threshold;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How a kubelet keeps its machine usable. The machine is a person's, too: upstream's defaults for
 * disks, which take a tenth of them for full, would end every pod on a laptop that has 30 of its
 * 500 GB left. What is left has to be little in itself.
 *
 * @param evictionHard below which pods are ended
 * @param pressureTransition how long a pressure is told after it was last seen
 * @param imageGcHighPercent of the disk in use, from which on images go that jkube pulled and
 *     nobody uses; 100 for never
 * @param imageGcLowPercent down to which they go
 * @param imageMinimumAge for which an image stays after its last use
 */
public record NodeCare(
    List<Threshold> evictionHard,
    Duration pressureTransition,
    int imageGcHighPercent,
    int imageGcLowPercent,
    Duration imageMinimumAge) {
  /** The settings, as upstream's kubelet calls its flags. */
  public static final Set<String> KEYS =
      Set.of(
          "eviction-hard",
          "eviction-pressure-transition-period",
          "image-gc-high-threshold",
          "image-gc-low-threshold",
          "minimum-image-ttl-duration");

  public static final String DEFAULT_EVICTION_HARD =
      "memory.available<100Mi,nodefs.available<500Mi,nodefs.inodesFree<1%,imagefs.available<500Mi";
  public static final Duration DEFAULT_PRESSURE_TRANSITION = Duration.ofMinutes(5);
  public static final int DEFAULT_IMAGE_GC_HIGH_PERCENT = 95;
  public static final int DEFAULT_IMAGE_GC_LOW_PERCENT = 90;
  public static final Duration DEFAULT_IMAGE_MINIMUM_AGE = Duration.ofMinutes(2);
  private static final int WHOLE_PERCENT = 100;

  public static final NodeCare DEFAULT = of(Map.of());

  public NodeCare {
    evictionHard = List.copyOf(evictionHard);
    Objects.requireNonNull(pressureTransition, "pressureTransition");
    Objects.requireNonNull(imageMinimumAge, "imageMinimumAge");
    if (imageGcLowPercent >= imageGcHighPercent) {
      throw new IllegalArgumentException(
          "image-gc-low-threshold must be less than image-gc-high-threshold, not %d of %d"
              .formatted(imageGcLowPercent, imageGcHighPercent));
    }
  }

  /**
   * @param settings some of {@link #KEYS}; others are not looked at
   * @throws IllegalArgumentException one of them cannot have its value
   */
  public static NodeCare of(Map<String, String> settings) {
    return new NodeCare(
        read(settings, "eviction-hard", DEFAULT_EVICTION_HARD, Threshold::parseAll),
        read(
            settings,
            "eviction-pressure-transition-period",
            DEFAULT_PRESSURE_TRANSITION.toString(),
            NodeCare::duration),
        read(
            settings,
            "image-gc-high-threshold",
            Integer.toString(DEFAULT_IMAGE_GC_HIGH_PERCENT),
            NodeCare::percent),
        read(
            settings,
            "image-gc-low-threshold",
            Integer.toString(DEFAULT_IMAGE_GC_LOW_PERCENT),
            NodeCare::percent),
        read(
            settings,
            "minimum-image-ttl-duration",
            DEFAULT_IMAGE_MINIMUM_AGE.toString(),
            NodeCare::duration));
  }

  private interface Reader<T> {
    T read(String text);
  }

  private static <T> T read(
      Map<String, String> settings, String key, String otherwise, Reader<T> reader) {
    try {
      return reader.read(settings.getOrDefault(key, otherwise));
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(key + ": " + wrong.getMessage(), wrong);
    }
  }

  private static int percent(String text) {
    if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > WHOLE_PERCENT) {
      throw new IllegalArgumentException(
          "must be a number between 0 and 100, not \"" + text + "\"");
    }
    return Integer.parseInt(text);
  }

  /** {@code 30s}, {@code 1m30s}, {@code 2h}. */
  private static Duration duration(String text) {
    try {
      var duration = Duration.parse(text.startsWith("PT") ? text : "PT" + text);
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (java.time.format.DateTimeParseException malformed) {
      // said below
    }
    throw new IllegalArgumentException(
        "must be a duration such as 90s or 1m30s, not \"" + text + "\"");
  }
}
