package io.jkube.controller.workload;

import io.jkube.api.cron.CronSchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** When a CronJob is due: its schedule on the clocks of its time zone. Pure. */
record CronTimes(CronSchedule schedule, ZoneId zone) {
  /** So many starts missed are told of. */
  private static final long MANY = 100;

  /**
   * @param time the latest start that is due
   * @param tooMany whether far more than this one were missed
   */
  record Due(Instant time, boolean tooMany) {}

  /** The first start after that time; empty when there is none within years. */
  Optional<Instant> next(Instant after) {
    return schedule.next(after.atZone(zone)).map(start -> start.toInstant());
  }

  /**
   * The latest start after {@code since} until now; earlier ones that were missed as well stay
   * missed.
   */
  Optional<Due> due(Instant since, Instant now) {
    var first = next(since).filter(start -> !start.isAfter(now));
    if (first.isEmpty()) {
      return Optional.empty();
    }
    var second = next(first.get()).filter(start -> !start.isAfter(now));
    if (second.isEmpty()) {
      return Optional.of(new Due(first.get(), false));
    }
    var rhythm = Duration.between(first.get(), second.get());
    long missed = Duration.between(first.get(), now).dividedBy(rhythm) + 1;
    return Optional.of(new Due(latest(first.get(), rhythm, now), missed > MANY));
  }

  /**
   * @param rhythm between the first two starts
   */
  private Instant latest(Instant first, Duration rhythm, Instant now) {
    return switch (schedule) {
      case CronSchedule.Every(var delay) ->
          first.plus(delay.multipliedBy(Duration.between(first, now).dividedBy(delay)));
      case CronSchedule.Fields fields -> latestIrregular(first, rhythm, now);
    };
  }

  /** Looks back from now, further and further: starts may be a minute apart, then days. */
  private Instant latestIrregular(Instant first, Duration rhythm, Instant now) {
    var latest = first;
    for (var window = rhythm; latest.equals(first); window = window.multipliedBy(2)) {
      var from = now.minus(window);
      from = from.isBefore(first) ? first : from;
      var start = next(from);
      while (start.isPresent() && !start.get().isAfter(now)) {
        latest = start.get();
        start = next(latest);
      }
      if (from.equals(first)) {
        return latest;
      }
    }
    return latest;
  }
}
