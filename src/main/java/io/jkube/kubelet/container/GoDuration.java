package io.jkube.kubelet.container;

import java.time.Duration;

/** Durations as upstream's messages print them: {@code 10s}, {@code 1m20s}, {@code 1.204s}. */
public final class GoDuration {
  private static final long MILLIS_A_SECOND = 1000;

  private GoDuration() {}

  public static String of(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0) {
      return "0s";
    }
    if (millis < MILLIS_A_SECOND) {
      return millis + "ms";
    }
    var text = new StringBuilder();
    if (duration.toHours() > 0) {
      text.append(duration.toHours()).append('h');
    }
    if (duration.toMinutes() > 0) {
      text.append(duration.toMinutesPart()).append('m');
    }
    text.append(duration.toSecondsPart());
    if (duration.toMillisPart() > 0) {
      text.append(String.format(".%03d", duration.toMillisPart()).replaceAll("0+$", ""));
    }
    return text.append('s').toString();
  }
}
