package io.jkube.cli.describe.section;

import com.fasterxml.jackson.databind.JsonNode;
import io.jkube.api.HumanDuration;
import io.jkube.cli.print.ElasticText;
import io.jkube.cli.print.text.Escapes;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The page being written: lines at levels of indentation, cells parted by tabs. */
public final class Page {
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
  private static final int LONGEST_ANNOTATION = 140;
  private static final DateTimeFormatter RFC_1123 =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

  private final ElasticText text = new ElasticText();
  private final Instant now;
  private final ZoneId zone;

  /**
   * @param zone in which times are shown
   */
  public Page(Instant now, ZoneId zone) {
    this.now = now;
    this.zone = zone;
  }

  /** A line; its cells are parted by tabs. */
  public Page line(int level, String cells) {
    text.append("  ".repeat(level)).append(Escapes.visible(cells)).append("\n");
    return this;
  }

  /** {@code Name: value}. */
  public Page field(int level, String name, Object value) {
    return line(level, name + ":\t" + value);
  }

  /** As {@link #field}, but nothing when the value is empty. */
  public Page optional(int level, String name, String value) {
    return value.isEmpty() ? this : field(level, name, value);
  }

  /** What follows is not aligned with what stands above. */
  public void newBlock() {
    text.flush();
  }

  /** Name, namespace, labels and annotations, as most pages begin. */
  public Page head(JsonNode object) {
    var metadata = object.path("metadata");
    field(0, "Name", metadata.path("name").asText());
    field(0, "Namespace", metadata.path("namespace").asText());
    return labels("Labels", metadata.path("labels")).annotations(metadata.path("annotations"));
  }

  /** {@code key=value}, one a line, in order. */
  public Page labels(String title, JsonNode labels) {
    return column(
        title,
        labels
            .propertyStream()
            .sorted(Map.Entry.comparingByKey())
            .map(label -> label.getKey() + "=" + label.getValue().asText())
            .toList());
  }

  /** Values below each other, the first beside the title; {@code <none>} for none. */
  public Page column(String title, List<String> values) {
    if (values.isEmpty()) {
      return field(0, title, "<none>");
    }
    field(0, title, values.getFirst());
    values.stream().skip(1).forEach(value -> line(0, "\t" + value));
    return this;
  }

  public Page annotations(JsonNode annotations) {
    return annotations("Annotations", annotations);
  }

  public Page annotations(String title, JsonNode annotations) {
    var sorted =
        annotations
            .propertyStream()
            .filter(each -> !each.getKey().equals(LAST_APPLIED))
            .sorted(Map.Entry.comparingByKey())
            .toList();
    if (sorted.isEmpty()) {
      return field(0, title, "<none>");
    }
    var start = title + ":\t";
    for (var each : sorted) {
      annotation(start, each.getKey(), each.getValue().asText());
      start = "\t";
    }
    return this;
  }

  private void annotation(String start, String key, String value) {
    var shown = value.endsWith("\n") ? value.substring(0, value.length() - 1) : value;
    if (key.length() + shown.length() + 2 <= LONGEST_ANNOTATION && shown.indexOf('\n') < 0) {
      line(0, start + key + ": " + shown);
      return;
    }
    line(0, start + key + ":");
    shown.lines().forEach(each -> line(0, "\t  " + shortened(each, LONGEST_ANNOTATION - 2)));
  }

  private static String shortened(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length) + "...";
  }

  /** {@code Mon, 02 Jan 2006 15:04:05 +0000}. */
  public String time(JsonNode time) {
    var instant = instant(time);
    return instant == null
        ? "Mon, 01 Jan 0001 00:00:00 +0000"
        : RFC_1123.format(instant.atZone(zone));
  }

  /** How long ago that was, as {@code 5m3s}. */
  public String since(JsonNode time) {
    var instant = instant(time);
    return instant == null ? "<unknown>" : HumanDuration.of(Duration.between(instant, now));
  }

  private static Instant instant(JsonNode time) {
    try {
      return time.isTextual() ? Instant.parse(time.textValue()) : null;
    } catch (DateTimeException unreadable) {
      return null;
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
