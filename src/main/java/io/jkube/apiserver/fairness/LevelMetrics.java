package io.jkube.apiserver.fairness;

import io.jkube.api.metrics.TextFormat;
import java.util.Collection;
import java.util.function.Function;

/** How the seats are divided, as upstream names it. */
final class LevelMetrics {
  static final String PREFIX = "apiserver_flowcontrol_";

  private LevelMetrics() {}

  static void writeTo(TextFormat text, Collection<PriorityLevel> levels, double fairFraction) {
    var gauges = new Gauges(text, levels);
    gauges.write("nominal_limit_seats", "Seats by shares.", each -> each.limits().nominal());
    gauges.write("lower_limit_seats", "Seats never lent.", each -> each.limits().lower());
    gauges.write("upper_limit_seats", "Seats with all borrowed.", each -> each.limits().upper());
    gauges.write("current_limit_seats", "Seats as divided now.", each -> each.standing().limit());
    gauges.write("target_seats", "Seats held to be needed.", each -> each.standing().target());
    gauges.write(
        "demand_seats_high_watermark",
        "Most seats taken or waited for at a time, between the last two adjustments.",
        each -> each.demand().most());
    gauges.write(
        "demand_seats_average",
        "Mean over time of the seats taken or waited for, between the last two adjustments.",
        each -> each.demand().average());
    gauges.write(
        "demand_seats_stdev",
        "Standard deviation of the seats taken or waited for, between the last two adjustments.",
        each -> each.demand().deviation());
    gauges.write(
        "demand_seats_smoothed",
        "Seats taken or waited for, falling slowly.",
        each -> each.demand().smoothed());
    text.family(PREFIX + "seat_fair_frac", "gauge", "Seats a level gets for each it needs.");
    text.sample(PREFIX + "seat_fair_frac", "", fairFraction);
  }

  private record Gauges(TextFormat text, Collection<PriorityLevel> levels) {
    void write(String name, String help, Function<PriorityLevel, Number> value) {
      text.family(PREFIX + name, "gauge", help);
      for (var level : levels) {
        text.sample(PREFIX + name, "priority_level=\"" + level.name() + "\"", value.apply(level));
      }
    }
  }
}
