package io.jkube.api.cron;

import io.jkube.api.cron.CronSchedule.Fields;
import io.jkube.api.cron.CronSchedule.MalformedSchedule;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads schedules as upstream's parser does, and refuses them in its words. */
final class CronParser {
  private static final int FIELDS = 5;
  private static final Pattern TIME_ZONE = Pattern.compile("(CRON_)?TZ=(\\S*)\\s+(.*)");
  private static final Pattern DURATION = Pattern.compile("([0-9.]+)(ns|us|µs|ms|s|m|h)");

  /** What values a field takes, and their names. */
  private record Bounds(int least, int most, List<String> names) {}

  private static final Bounds MINUTES = new Bounds(0, 59, List.of());
  private static final Bounds HOURS = new Bounds(0, 23, List.of());
  private static final Bounds DAYS_OF_MONTH = new Bounds(1, 31, List.of());
  private static final Bounds MONTHS =
      new Bounds(
          1,
          12,
          List.of(
              "", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
              "dec"));
  private static final Bounds DAYS_OF_WEEK =
      new Bounds(0, 6, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat"));

  private CronParser() {}

  static CronSchedule parse(String text) throws MalformedSchedule {
    if (text.isEmpty()) {
      throw new MalformedSchedule("empty spec string");
    }
    var zoned = TIME_ZONE.matcher(text);
    var spec = zoned.matches() ? zoned.group(3) : text;
    if (spec.startsWith("@")) {
      return described(spec);
    }
    var fields = Arrays.stream(spec.split("\\s+")).filter(field -> !field.isEmpty()).toList();
    if (fields.size() != FIELDS) {
      throw new MalformedSchedule(
          "expected exactly 5 fields, found "
              + fields.size()
              + ": ["
              + String.join(" ", fields)
              + "]");
    }
    return new Fields(
        field(fields.get(0), MINUTES),
        field(fields.get(1), HOURS),
        field(fields.get(2), DAYS_OF_MONTH),
        field(fields.get(3), MONTHS),
        field(fields.get(4), DAYS_OF_WEEK));
  }

  private static CronSchedule described(String word) throws MalformedSchedule {
    return switch (word) {
      case "@yearly", "@annually" -> parse("0 0 1 1 *");
      case "@monthly" -> parse("0 0 1 * *");
      case "@weekly" -> parse("0 0 * * 0");
      case "@daily", "@midnight" -> parse("0 0 * * *");
      case "@hourly" -> parse("0 * * * *");
      default -> {
        if (!word.startsWith("@every ")) {
          throw new MalformedSchedule("unrecognized descriptor: " + word);
        }
        yield new CronSchedule.Every(duration(word, word.substring("@every ".length())));
      }
    };
  }

  private static Duration duration(String word, String text) throws MalformedSchedule {
    var parts = DURATION.matcher(text);
    var total = Duration.ZERO;
    int end = 0;
    while (parts.find() && parts.start() == end) {
      total = total.plus(amount(parts.group(1), parts.group(2)));
      end = parts.end();
    }
    if (end == 0 || end != text.length()) {
      throw new MalformedSchedule(
          "failed to parse duration " + word + ": time: invalid duration \"" + text + "\"");
    }
    return total;
  }

  private static Duration amount(String number, String unit) throws MalformedSchedule {
    long nanos =
        switch (unit) {
          case "ns" -> 1L;
          case "us", "µs" -> 1_000L;
          case "ms" -> 1_000_000L;
          case "s" -> Duration.ofSeconds(1).toNanos();
          case "m" -> Duration.ofMinutes(1).toNanos();
          default -> Duration.ofHours(1).toNanos();
        };
    try {
      return Duration.ofNanos(
          new BigDecimal(number)
              .multiply(BigDecimal.valueOf(nanos))
              .toBigInteger()
              .longValueExact());
    } catch (ArithmeticException | NumberFormatException malformed) {
      throw new MalformedSchedule("failed to parse duration: invalid duration \"" + number + "\"");
    }
  }

  private static long field(String text, Bounds bounds) throws MalformedSchedule {
    long bits = 0;
    for (var part : text.split(",")) {
      if (!part.isEmpty()) {
        bits |= range(part, bounds);
      }
    }
    return bits;
  }

  /** {@code *}, {@code 3}, {@code 1-5}, each with or without a step: {@code 0-30/5}. */
  private static long range(String text, Bounds bounds) throws MalformedSchedule {
    var rangeAndStep = text.split("/", -1);
    var ends = rangeAndStep[0].split("-", -1);
    boolean all = ends[0].equals("*") || ends[0].equals("?");
    if (!all && ends.length > 2) {
      throw new MalformedSchedule("too many hyphens: " + text);
    }
    int start = all ? bounds.least() : value(ends[0], bounds);
    int end = all ? bounds.most() : ends.length == 2 ? value(ends[1], bounds) : start;
    if (rangeAndStep.length > 2) {
      throw new MalformedSchedule("too many slashes: " + text);
    }
    int step = 1;
    if (rangeAndStep.length == 2) {
      step = number(rangeAndStep[1]);
      end = ends.length == 1 ? bounds.most() : end;
    }
    check(text, bounds, start, end, step);
    long bits = all && step == 1 ? Fields.STAR : 0;
    for (long value = start; value <= end; value += step) {
      bits |= 1L << value;
    }
    return bits;
  }

  private static void check(String text, Bounds bounds, int start, int end, int step)
      throws MalformedSchedule {
    if (start < bounds.least()) {
      throw new MalformedSchedule(
          "beginning of range (%d) below minimum (%d): %s".formatted(start, bounds.least(), text));
    }
    if (end > bounds.most()) {
      throw new MalformedSchedule(
          "end of range (%d) above maximum (%d): %s".formatted(end, bounds.most(), text));
    }
    if (start > end) {
      throw new MalformedSchedule(
          "beginning of range (%d) beyond end of range (%d): %s".formatted(start, end, text));
    }
    if (step == 0) {
      throw new MalformedSchedule("step of range should be a positive number: " + text);
    }
  }

  private static int value(String text, Bounds bounds) throws MalformedSchedule {
    int named = text.isEmpty() ? -1 : bounds.names().indexOf(text.toLowerCase(Locale.ROOT));
    return named >= 0 ? named : number(text);
  }

  private static int number(String text) throws MalformedSchedule {
    try {
      int number = Integer.parseInt(text);
      if (number < 0) {
        throw new MalformedSchedule("negative number (" + number + ") not allowed: " + text);
      }
      return number;
    } catch (NumberFormatException malformed) {
      throw new MalformedSchedule(
          "failed to parse int from %s: strconv.Atoi: parsing \"%s\": invalid syntax"
              .formatted(text, text));
    }
  }
}
