package io.jkube.cli.describe.section;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;

/** The events of an object, oldest first. */
public final class Events {
  private Events() {}

  public static void write(List<JsonNode> events, Page page) {
    if (events.isEmpty()) {
      page.field(0, "Events", "<none>");
      return;
    }
    page.newBlock();
    page.line(0, "Events:");
    page.line(1, "Type\tReason\tAge\tFrom\tMessage");
    page.line(1, "----\t------\t----\t----\t-------");
    events.stream()
        .sorted(Comparator.comparing(event -> event.path("lastTimestamp").asText()))
        .forEach(event -> page.line(1, line(event, page)));
  }

  private static String line(JsonNode event, Page page) {
    var component = event.path("source").path("component").asText();
    var message = event.path("message").asText().strip();
    var field = event.path("involvedObject").path("fieldPath").asText();
    return String.join(
        "\t",
        event.path("type").asText(),
        event.path("reason").asText(),
        age(event, page),
        component.isEmpty() ? event.path("reportingComponent").asText() : component,
        field.isEmpty() ? message : field + ": " + message);
  }

  private static String age(JsonNode event, Page page) {
    var first = event.path("eventTime").isTextual() ? "eventTime" : "firstTimestamp";
    var sinceFirst = page.since(event.path(first));
    var series = event.path("series");
    if (series.isObject()) {
      return repeated(
          page.since(series.path("lastObservedTime")), series.path("count"), sinceFirst);
    }
    return event.path("count").asInt() > 1
        ? repeated(page.since(event.path("lastTimestamp")), event.path("count"), sinceFirst)
        : sinceFirst;
  }

  private static String repeated(String last, JsonNode count, String first) {
    return "%s (x%d over %s)".formatted(last, count.asInt(), first);
  }
}
