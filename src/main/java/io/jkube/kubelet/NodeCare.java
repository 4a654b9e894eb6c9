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
 */
public record NodeCare(List<Threshold> evictionHard, Duration pressureTransition) {
  /** The settings, as upstream's kubelet calls its flags. */
  public static final Set<String> KEYS =
      Set.of("eviction-hard", "eviction-pressure-transition-period");

  public static final String DEFAULT_EVICTION_HARD =
      "memory.available<100Mi,nodefs.available<500Mi,nodefs.inodesFree<1%,imagefs.available<500Mi";
  public static final Duration DEFAULT_PRESSURE_TRANSITION = Duration.ofMinutes(5);

  public static final NodeCare DEFAULT = of(Map.of());

  public NodeCare {
    evictionHard = List.copyOf(evictionHard);
    Objects.requireNonNull(pressureTransition, "pressureTransition");
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
