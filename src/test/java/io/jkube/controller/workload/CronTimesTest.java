package io.jkube.controller.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.cron.CronSchedule;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When CronJobs are due. */
final class CronTimesTest {
  @ParameterizedTest(name = "{0} in {1}, since {2}, at {3}: {4}")
  @CsvSource({
    "*/5 * * * *,UTC,2026-03-02T10:00:00Z,2026-03-02T10:04:59Z,none",
    "*/5 * * * *,UTC,2026-03-02T10:00:00Z,2026-03-02T10:05:00Z,2026-03-02T10:05:00Z",
    "*/5 * * * *,UTC,2026-03-02T10:00:00Z,2026-03-02T11:04:00Z,2026-03-02T11:00:00Z",
    "0 9 * * 1-5,UTC,2026-03-05T09:00:00Z,2026-03-09T08:00:00Z,2026-03-06T09:00:00Z",
    "* 9 * * *,UTC,2026-03-05T09:00:00Z,2026-03-06T08:00:00Z,2026-03-05T09:59:00Z",
    "0 0 1 * *,UTC,2026-01-15T00:00:00Z,2026-06-20T00:00:00Z,2026-06-01T00:00:00Z",
    "0 9 * * *,Asia/Tokyo,2026-03-05T00:00:00Z,2026-03-06T00:30:00Z,2026-03-06T00:00:00Z",
    "@every 90s,UTC,2026-03-02T10:00:00Z,2026-03-02T10:10:00Z,2026-03-02T10:09:00Z",
  })
  void theLatestMissedStartIsDue(
      String schedule, String zone, Instant since, Instant now, String due) throws Exception {
    var found = times(schedule, zone).due(since, now).map(each -> each.time().toString());
    assertEquals(due, found.orElse("none"));
  }

  @Test
  void moreThanAHundredMissedStartsAreTooMany() throws Exception {
    var since = Instant.parse("2026-03-02T10:00:30Z");
    var times = times("* * * * *", "UTC");
    assertFalse(times.due(since, since.plusSeconds(99 * 60)).orElseThrow().tooMany());
    assertTrue(times.due(since, since.plusSeconds(120 * 60)).orElseThrow().tooMany());
  }

  @Test
  void aMonthWithAChangeOfTheClockHasADayWithoutTheHourThatIsLeftOut() throws Exception {
    var starts = month("30 2 * * *", "Europe/Berlin", "2026-03-01T00:00:00Z");
    assertEquals(30, starts.size());
    assertEquals(Instant.parse("2026-03-28T01:30:00Z"), starts.get(27));
    assertEquals(Instant.parse("2026-03-30T00:30:00Z"), starts.get(28));
  }

  @Test
  void anHourThatComesTwiceHasTwoStarts() throws Exception {
    var starts = month("30 2 * * *", "Europe/Berlin", "2026-10-01T00:00:00Z");
    assertEquals(32, starts.size());
    assertTrue(
        starts.containsAll(
            List.of(Instant.parse("2026-10-25T00:30:00Z"), Instant.parse("2026-10-25T01:30:00Z"))));
  }

  /** All starts in the 31 days from then, asked for every ten minutes as a clock goes on. */
  private static List<Instant> month(String schedule, String zone, String from) throws Exception {
    var times = times(schedule, zone);
    var starts = new ArrayList<Instant>();
    var last = Instant.parse(from);
    var end = last.plusSeconds(31L * 24 * 3600);
    for (var now = last; now.isBefore(end); now = now.plusSeconds(600)) {
      var due = times.due(last, now);
      if (due.isPresent()) {
        last = due.get().time();
        starts.add(last);
      }
    }
    return starts;
  }

  private static CronTimes times(String schedule, String zone) throws Exception {
    return new CronTimes(CronSchedule.parse(schedule), ZoneId.of(zone));
  }
}
