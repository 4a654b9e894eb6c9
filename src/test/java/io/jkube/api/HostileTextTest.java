package io.jkube.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jkube.api.cron.CronSchedule;
import io.jkube.api.cron.CronSchedule.MalformedSchedule;
import io.jkube.testing.Hostile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The small languages that stand in fields of objects. */
final class HostileTextTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Hostile hostile = new Hostile(7);

  @ParameterizedTest
  @ValueSource(strings = {"2026-01-02T03:04:05.000006Z", "2026-01-02T03:04:05+01:00"})
  void times(String good) {
    hostile.text(
        good,
        text -> assertEquals(Timestamps.parse(text), Timestamps.parse(text)),
        ApiException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.96.0.0/16", "255.255.255.255/32", "fd00::/64"})
  void addressRanges(String good) {
    hostile.text(
        good,
        text ->
            AddressRange.parse(text)
                .ifPresent(
                    range -> {
                      assertTrue(range.contains(text.substring(0, text.indexOf('/'))), text);
                      assertTrue(range.size() > 0 && range.size() <= 1L << 32, text);
                    }),
        IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*/5 0-12/3 1,15 jan-dec SUN", "@every 1h30m5s", "@daily", "TZ=UTC 0 0 * * *"})
  void schedules(String good) {
    hostile.text(
        good,
        text ->
            CronSchedule.parse(text)
                .next(NOW.atZone(ZoneOffset.UTC))
                .ifPresent(next -> assertTrue(next.toInstant().isAfter(NOW), text)),
        MalformedSchedule.class);
  }

  /** What was read says the same once it is written. */
  @ParameterizedTest
  @ValueSource(strings = {"12.5Mi", "100m", "1e3", "-0.001n", "9223372036854775807"})
  void quantities(String good) {
    hostile.text(
        good,
        text -> {
          var quantity = Quantity.parse(text);
          assertEquals(0, quantity.compareTo(Quantity.parse(quantity.toString())), text);
        },
        ApiException.class);
  }

  /** What was read says the same once it is written. */
  @Test
  void json() {
    hostile.bytes(
        "{\"a\":[1,-2.5e3,\"\\u00e9\\n\",true,null,{}],\"b\":{\"c\":9007199254740993}}"
            .getBytes(StandardCharsets.UTF_8),
        bytes -> {
          var object = Json.parse(bytes);
          assertEquals(object, Json.parse(Json.bytes(object)));
        },
        ApiException.class);
  }
}
