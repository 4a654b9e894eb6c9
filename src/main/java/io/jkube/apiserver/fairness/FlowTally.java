package io.jkube.apiserver.fairness;

import io.jkube.api.metrics.Histogram;
import io.jkube.api.metrics.TextFormat;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What became of the requests of one FlowSchema at one level. Thread-safe. */
final class FlowTally {
  private static final double[] SECONDS = {
    0, 0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30
  };
  private static final double[] QUEUE_LENGTHS = {0, 10, 25, 50, 100, 250, 500, 1000};
  private static final double[] SEATS = {1, 2, 4, 8, 16, 32, 64, 100};
  private static final double[] WATCHES = {0, 1, 10, 100, 1000, 10_000};
  private static final double NANOS_PER_SECOND = 1e9;

  private final String labels;
  private final LongAdder dispatched = new LongAdder();
  private final Map<PriorityLevel.Outcome, LongAdder> rejected =
      new EnumMap<>(PriorityLevel.Outcome.class);
  private final LongAdder executing = new LongAdder();
  private final LongAdder seatsTaken = new LongAdder();
  private final LongAdder waiting = new LongAdder();
  private final LongAdder seatsWaitedFor = new LongAdder();
  private final LongAdder notAccommodated = new LongAdder();
  private final Histogram waits = new Histogram(SECONDS);
  private final Histogram vainWaits = new Histogram(SECONDS);
  private final Histogram executions = new Histogram(SECONDS);
  private final Histogram watchExecutions = new Histogram(SECONDS);
  private final Histogram queueLengths = new Histogram(QUEUE_LENGTHS);
  private final Histogram seats = new Histogram(SEATS);
  private final Histogram watches = new Histogram(WATCHES);

  FlowTally(String schema, String level) {
    labels = "flow_schema=\"%s\",priority_level=\"%s\"".formatted(schema, level);
    for (var outcome : PriorityLevel.Outcome.values()) {
      rejected.put(outcome, new LongAdder());
    }
  }

  void estimated(Work work) {
    seats.observe(work.seats());
  }

  void watchesOfAWrite(int count) {
    watches.observe(count);
  }

  void enqueued(Work work, int length) {
    waiting.increment();
    seatsWaitedFor.add(work.seats());
    queueLengths.observe(length);
  }

  void left(Work work) {
    waiting.decrement();
    seatsWaitedFor.add(-work.seats());
  }

  void waited(long nanos, boolean inVain) {
    (inVain ? vainWaits : waits).observe(nanos / NANOS_PER_SECOND);
  }

  void noRoom() {
    notAccommodated.increment();
  }

  void rejected(PriorityLevel.Outcome why) {
    rejected.get(why).increment();
  }

  void seated(Work work) {
    dispatched.increment();
    executing.increment();
    seatsTaken.add(work.seats());
  }

  void ended() {
    executing.decrement();
  }

  /**
   * @param watch whether it was the beginning of one
   */
  void executed(boolean watch, long nanos) {
    (watch ? watchExecutions : executions).observe(nanos / NANOS_PER_SECOND);
  }

  void freed(Work work) {
    seatsTaken.add(-work.seats());
  }

  /** The families that are told by schema and level, in the order in which they are written. */
  enum Family {
    DISPATCHED("dispatched_requests_total", "counter", "Requests that got a seat."),
    REJECTED("rejected_requests_total", "counter", "Requests refused with 429."),
    EXECUTING("current_executing_requests", "gauge", "Requests that run; watches: that begin."),
    SEATS_TAKEN("current_executing_seats", "gauge", "Seats of the requests that run."),
    WAITING("current_inqueue_requests", "gauge", "Requests that wait for a seat."),
    SEATS_WAITED_FOR("current_inqueue_seats", "gauge", "Seats that requests wait for."),
    NO_ROOM(
        "request_dispatch_no_accommodation_total",
        "counter",
        "How often the next in turn found too few seats."),
    QUEUE_LENGTH(
        "request_queue_length_after_enqueue", "histogram", "Requests in the queue joined."),
    WAIT("request_wait_duration_seconds", "histogram", "Time that requests waited for a seat."),
    EXECUTION("request_execution_seconds", "histogram", "Time that requests had their seat."),
    ESTIMATE("work_estimated_seats", "histogram", "Seats that requests take."),
    WATCHES("watch_count_samples", "histogram", "Watches that a write concerns.");

    private final String name;
    private final String type;
    private final String help;

    Family(String name, String type, String help) {
      this.name = name;
      this.type = type;
      this.help = help;
    }
  }

  static void writeTo(TextFormat text, Iterable<FlowTally> tallies) {
    for (var family : Family.values()) {
      var name = LevelMetrics.PREFIX + family.name;
      text.family(name, family.type, family.help);
      for (var tally : tallies) {
        tally.writeTo(text, name, family);
      }
    }
  }

  private void writeTo(TextFormat text, String name, Family family) {
    switch (family) {
      case DISPATCHED -> text.sample(name, labels, dispatched.sum());
      case REJECTED -> rejected.forEach((why, count) -> rejections(text, name, why, count.sum()));
      case EXECUTING -> text.sample(name, labels, executing.sum());
      case SEATS_TAKEN -> text.sample(name, labels, seatsTaken.sum());
      case WAITING -> text.sample(name, labels, waiting.sum());
      case SEATS_WAITED_FOR -> text.sample(name, labels, seatsWaitedFor.sum());
      case NO_ROOM -> text.sample(name, labels, notAccommodated.sum());
      case QUEUE_LENGTH -> queueLengths.writeTo(text, name, labels);
      case WAIT -> {
        waits.writeTo(text, name, labels + ",execute=\"true\"");
        vainWaits.writeTo(text, name, labels + ",execute=\"false\"");
      }
      case EXECUTION -> {
        executions.writeTo(text, name, labels + ",type=\"regular\"");
        watchExecutions.writeTo(text, name, labels + ",type=\"watch\"");
      }
      case ESTIMATE -> seats.writeTo(text, name, labels);
      case WATCHES -> watches.writeTo(text, name, labels);
    }
  }

  private void rejections(TextFormat text, String name, PriorityLevel.Outcome why, long count) {
    if (count > 0) {
      text.sample(name, labels + ",reason=\"" + why.reason() + "\"", count);
    }
  }
}
