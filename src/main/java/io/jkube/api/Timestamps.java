package io.jkube.api;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;

/** Points in time as they stand in objects: RFC 3339, in UTC. */
public final class Timestamps {
  private static final DateTimeFormatter MICROS =
      new DateTimeFormatterBuilder().appendInstant(6).toFormatter();

  private Timestamps() {}

  /** {@code 2026-01-02T03:04:05Z}: the type {@code Time} of the API; fractions are cut off. */
  public static String seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** {@code 2026-01-02T03:04:05.000006Z}: the type {@code MicroTime} of the API. */
  public static String micros(Instant instant) {
    return MICROS.format(instant);
  }

  /**
   * Reads either form, with any offset.
   *
   * @throws ApiException BadRequest when the text is no RFC 3339 time
   */
  public static Instant parse(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException malformed) {
      throw ApiException.badRequest("\"" + text + "\" is not an RFC 3339 time");
    }
  }

  /**
   * The age column of a table.
   *
   * @param since a timestamp; null or empty gives {@code <unknown>}
   */
  public static String age(String since, Instant now) {
    return since == null || since.isEmpty()
        ? "<unknown>"
        : HumanDuration.of(Duration.between(parse(since), now));
  }
}
