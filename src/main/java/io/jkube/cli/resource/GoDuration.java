package io.jkube.cli.resource;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations as Go writes them: {@code 30s}, {@code 1m30s}, {@code 500ms}, {@code -1s}. */
public final class GoDuration implements ITypeConverter<Duration> {
  private static final Pattern PIECE =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?|\\.[0-9]+)(ns|us|µs|ms|s|m|h)");

  @Override
  public Duration convert(String text) {
    boolean negative = text.startsWith("-");
    var digits = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    if (digits.equals("0")) {
      return Duration.ZERO;
    }
    double nanos = 0;
    int at = 0;
    var piece = PIECE.matcher(digits);
    while (piece.find() && piece.start() == at) {
      nanos += Double.parseDouble(piece.group(1)) * nanosOf(piece.group(2));
      at = piece.end();
    }
    if (at == 0 || at != digits.length()) {
      throw new TypeConversionException("time: invalid duration \"" + text + "\"");
    }
    return Duration.ofNanos((long) (negative ? -nanos : nanos));
  }

  private static double nanosOf(String unit) {
    return switch (unit) {
      case "h" -> 3600e9;
      case "m" -> 60e9;
      case "s" -> 1e9;
      case "ms" -> 1e6;
      case "us", "µs" -> 1e3;
      default -> 1;
    };
  }
}
