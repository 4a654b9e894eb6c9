package io.jkube.kubelet.pressure;

import io.jkube.api.ApiException;
import io.jkube.api.Quantity;
import io.jkube.api.Quantity.Format;
import io.jkube.kubelet.pressure.NodeFigures.Left;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * The value of a signal below which pods are ended.
 *
 * @param percent of the capacity; 0 where {@code amount} says it
 */
public record Threshold(EvictionSignal signal, Quantity amount, double percent) {
  private static final int WHOLE_PERCENT = 100;

  public Threshold {
    // Also what is no number.
    boolean isPercent = percent >= 0 && percent <= WHOLE_PERCENT;
    if (!isPercent || amount.signum() < 0) {
      throw new IllegalArgumentException(
          signal.text() + " must be a positive quantity or between 0% and 100%");
    }
  }

  /**
   * Reads {@code memory.available<100Mi,nodefs.available<10%}. As upstream, 0% and 100% take a
   * signal out, and what is not named has no threshold.
   *
   * @throws IllegalArgumentException it is not of that form, in words
   */
  public static List<Threshold> parseAll(String text) {
    var found = new ArrayList<Threshold>();
    var seen = EnumSet.noneOf(EvictionSignal.class);
    for (var part : text.split(",")) {
      var threshold = parse(part.strip());
      if (!seen.add(threshold.signal)) {
        throw new IllegalArgumentException(threshold.signal.text() + " is there twice");
      }
      if (!threshold.isOff()) {
        found.add(threshold);
      }
    }
    return List.copyOf(found);
  }

  private static Threshold parse(String text) {
    var halves = text.split("<", 2);
    if (halves.length != 2) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no threshold; one is memory.available<100Mi");
    }
    var signal =
        EvictionSignal.of(halves[0].strip())
            .orElseThrow(
                () -> new IllegalArgumentException("no signal \"" + halves[0].strip() + "\""));
    var value = halves[1].strip();
    try {
      return value.endsWith("%")
          ? new Threshold(
              signal,
              Quantity.ZERO,
              Double.parseDouble(value.substring(0, value.length() - 1).strip()))
          : new Threshold(signal, Quantity.parse(value), 0);
    } catch (NumberFormatException | ApiException malformed) {
      throw new IllegalArgumentException(
          signal.text() + " has no such value: \"" + value + "\"", malformed);
    }
  }

  private boolean isOff() {
    return amount.isZero() && (percent == 0 || percent == WHOLE_PERCENT);
  }

  boolean isMet(Left left) {
    return left.available() < value(left.capacity()).value();
  }

  /** As settings say it. */
  public String text() {
    return percent == 0
        ? amount.toString()
        : BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString() + "%";
  }

  /** The value, of that capacity. */
  Quantity value(long capacity) {
    return percent == 0
        ? amount
        : Quantity.of(
            BigDecimal.valueOf(capacity)
                .multiply(BigDecimal.valueOf(percent))
                .movePointLeft(2)
                .longValue(),
            Format.BINARY_SI);
  }
}
