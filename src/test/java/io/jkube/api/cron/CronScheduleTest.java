package io.jkube.api.cron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.ZonedDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronScheduleTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/15 * * * * | 2026-01-01T00:07:30Z | 2026-01-01T00:15Z",
        "0 0 29 2 * | 2026-01-01T00:00:00Z | 2028-02-29T00:00Z",
        "30 4 1,15 * 5 | 2026-01-02T05:00:00Z | 2026-01-09T04:30Z",
        "0 9 * * mon-fri | 2026-01-02T09:00:00Z | 2026-01-05T09:00Z",
        "5/20 8 * * * | 2026-01-01T08:26:00Z | 2026-01-01T08:45Z",
        "@monthly | 2026-01-01T00:00:00Z | 2026-02-01T00:00Z",
        "@every 1h30m | 2026-01-01T00:00:00.5Z | 2026-01-01T01:30Z",
        "30 2 * * * | 2026-03-29T00:00:00+01:00[Europe/Berlin] | 2026-03-30T02:30+02:00[Europe/Berlin]",
        "CRON_TZ=UTC 0 0 * * * | 2026-01-01T00:00:00Z | 2026-01-02T00:00Z",
        "0 0 31 2 * | 2026-01-01T00:00:00Z | never",
      })
  void theNextTime(String schedule, String after, String expected) throws Exception {
    var next = CronSchedule.parse(schedule).next(ZonedDateTime.parse(after));
    assertEquals(expected, next.map(ZonedDateTime::toString).orElse("never"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "* * * * | expected exactly 5 fields, found 4: [* * * *]",
        "a * * * * | failed to parse int from a: strconv.Atoi: parsing \"a\": invalid syntax",
        "* * 0 * * | beginning of range (0) below minimum (1): 0",
        "* * * * 7 | end of range (7) above maximum (6): 7",
        "5-2 * * * * | beginning of range (5) beyond end of range (2): 5-2",
        "*/0 * * * * | step of range should be a positive number: */0",
        "1-2-3 * * * * | too many hyphens: 1-2-3",
        "1/2/3 * * * * | too many slashes: 1/2/3",
        "0/2147483647 * * * x | failed to parse int from x: strconv.Atoi: parsing \"x\": invalid syntax",
        "@noon | unrecognized descriptor: @noon",
        "@every day | failed to parse duration @every day: time: invalid duration \"day\"",
      })
  void whatIsNoSchedule(String schedule, String why) {
    var refused =
        assertThrows(CronSchedule.MalformedSchedule.class, () -> CronSchedule.parse(schedule));
    assertEquals(why, refused.getMessage());
  }
}
