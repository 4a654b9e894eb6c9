package io.jkube.apiserver.metrics;

import io.jkube.apiserver.fairness.FlowControl;

/** Who ran, who waits and who was refused, by flow schema and priority level. */
record FlowMetrics(FlowControl fairness) {
  private static final String PREFIX = "apiserver_flowcontrol_";

  void writeTo(TextFormat text) {
    var figures = fairness.figures();
    text.family(PREFIX + "dispatched_requests_total", "counter", "Requests that got a seat.");
    for (var count : figures.counted()) {
      if (count.reason().isEmpty()) {
        text.sample(PREFIX + "dispatched_requests_total", flow(count), count.count());
      }
    }
    text.family(PREFIX + "rejected_requests_total", "counter", "Requests refused with 429.");
    for (var count : figures.counted()) {
      if (!count.reason().isEmpty()) {
        text.sample(
            PREFIX + "rejected_requests_total",
            flow(count) + ",reason=\"" + count.reason() + "\"",
            count.count());
      }
    }
    text.family(PREFIX + "current_executing_requests", "gauge", "Requests that have a seat.");
    for (var level : figures.levels()) {
      text.sample(PREFIX + "current_executing_requests", level(level), level.executing());
    }
    text.family(PREFIX + "current_inqueue_requests", "gauge", "Requests that wait for a seat.");
    for (var level : figures.levels()) {
      text.sample(PREFIX + "current_inqueue_requests", level(level), level.waiting());
    }
    text.family(PREFIX + "nominal_limit_seats", "gauge", "Seats of a level.");
    for (var level : figures.levels()) {
      if (level.seats() >= 0) {
        text.sample(PREFIX + "nominal_limit_seats", level(level), level.seats());
      }
    }
  }

  private static String flow(FlowControl.Count count) {
    return "priority_level=\"%s\",flow_schema=\"%s\"".formatted(count.level(), count.schema());
  }

  private static String level(FlowControl.LevelFigures level) {
    return "priority_level=\"" + level.level() + "\"";
  }
}
