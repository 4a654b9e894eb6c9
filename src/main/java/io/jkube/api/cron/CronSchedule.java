package io.jkube.api.cron;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Optional;

/** When something is to happen again and again. Immutable. */
public sealed interface CronSchedule {
  /**
   * Reads the standard form of five fields, or a word like {@code @daily} or {@code @every 1h30m}.
   *
   * @throws MalformedSchedule when it is none, in upstream's words
   */
  static CronSchedule parse(String text) throws MalformedSchedule {
    return CronParser.parse(text);
  }

  /**
   * The first moment after {@code time}, in its zone; empty when there is none within five years.
   */
  Optional<ZonedDateTime> next(ZonedDateTime time);

  /** What is wrong with the text of a schedule. */
  final class MalformedSchedule extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedSchedule(String message) {
      super(message);
    }
  }

  /** {@code @every 1h30m}: so long after the last time, to the second. */
  record Every(Duration delay) implements CronSchedule {
    public Every {
      delay = delay.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : delay;
      delay = delay.truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
    }

    @Override
    public Optional<ZonedDateTime> next(ZonedDateTime time) {
      return Optional.of(time.plus(delay).withNano(0));
    }
  }

  /**
   * The five fields, each a set of bits: bit n for value n, {@link #STAR} where all were meant.
   * When both days are restricted, either of them suffices.
   */
  record Fields(long minutes, long hours, long daysOfMonth, long months, long daysOfWeek)
      implements CronSchedule {
    static final long STAR = 1L << 63;
    private static final int MAX_YEARS = 5;

    /** A local time that a change of the clock leaves out is passed over. */
    @Override
    public Optional<ZonedDateTime> next(ZonedDateTime time) {
      var at = time.withSecond(0).withNano(0).plusMinutes(1);
      int lastYear = at.getYear() + MAX_YEARS;
      while (at.getYear() <= lastYear) {
        if (!has(months, at.getMonthValue())) {
          at = at.toLocalDate().withDayOfMonth(1).plusMonths(1).atStartOfDay(at.getZone());
        } else if (!matchesDay(at)) {
          at = at.toLocalDate().plusDays(1).atStartOfDay(at.getZone());
        } else if (!has(hours, at.getHour())) {
          at = at.withMinute(0).plusHours(1);
        } else if (!has(minutes, at.getMinute())) {
          at = at.plusMinutes(1);
        } else {
          return Optional.of(at);
        }
      }
      return Optional.empty();
    }

    private boolean matchesDay(ZonedDateTime at) {
      boolean ofMonth = has(daysOfMonth, at.getDayOfMonth());
      boolean ofWeek = has(daysOfWeek, at.getDayOfWeek().getValue() % 7);
      boolean oneIsFree = (daysOfMonth & STAR) != 0 || (daysOfWeek & STAR) != 0;
      return oneIsFree ? ofMonth && ofWeek : ofMonth || ofWeek;
    }

    private static boolean has(long set, int value) {
      return (set & 1L << value) != 0;
    }
  }
}
