package io.jkube.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimestampsTest {
  @Test
  void writesSecondsAndMicros() {
    var instant = Instant.ofEpochSecond(1767323045, 6_999);
    assertEquals("2026-01-02T03:04:05Z", Timestamps.seconds(instant));
    assertEquals("2026-01-02T03:04:05.000006Z", Timestamps.micros(instant));
    assertEquals("2026-01-02T03:04:00Z", Timestamps.seconds(instant.minusSeconds(5)));
    assertEquals("1970-01-01T00:00:00.000000Z", Timestamps.micros(Instant.EPOCH));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T03:04:05Z,1767323045000",
    "2026-01-02T03:04:05.25Z,1767323045250",
    "2026-01-02T05:04:05+02:00,1767323045000",
  })
  void readsAnyRfc3339(String text, long millis) {
    assertEquals(millis, Timestamps.parse(text).toEpochMilli());
  }

  @Test
  void refusesOtherText() {
    assertThrows(ApiException.class, () -> Timestamps.parse("yesterday"));
    assertThrows(ApiException.class, () -> Timestamps.parse("2026-01-02"));
  }

  @Test
  void ages() {
    var now = Instant.parse("2026-01-02T03:04:05Z");
    assertEquals("65s", Timestamps.age("2026-01-02T03:03:00Z", now));
    assertEquals("<unknown>", Timestamps.age(null, now));
    assertEquals("<unknown>", Timestamps.age("", now));
  }

  @ParameterizedTest
  @CsvSource({
    "-PT5S,<invalid>",
    "-PT2S,<invalid>",
    "-PT1.9S,0s",
    "-PT0.5S,0s",
    "PT0S,0s",
    "PT1.9S,1s",
    "PT119S,119s",
    "PT2M,2m",
    "PT2M3S,2m3s",
    "PT9M59S,9m59s",
    "PT10M,10m",
    "PT10M5S,10m",
    "PT179M,179m",
    "PT3H,3h",
    "PT4H5M,4h5m",
    "PT7H59M,7h59m",
    "PT8H,8h",
    "PT8H30M,8h",
    "PT47H,47h",
    "P2D,2d",
    "P3DT2H,3d2h",
    "P7DT23H,7d23h",
    "P8D,8d",
    "P8DT5H,8d",
    "P729D,729d",
    "P730D,2y",
    "P760D,2y30d",
    "P2919D,7y364d",
    "P2920D,8y",
    "P4000D,10y",
  })
  void writesDurationsAsKubectlDoes(Duration duration, String text) {
    assertEquals(text, HumanDuration.of(duration));
  }
}
