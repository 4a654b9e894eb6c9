package io.jkube.apiserver.fairness;

import static io.jkube.registry.Tree.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jkube.api.ApiException;
import io.jkube.api.Json;
import io.jkube.api.StatusReason;
import io.jkube.api.metrics.MetricsSource;
import io.jkube.api.metrics.TextFormat;
import io.jkube.apiserver.request.ApiRequest;
import io.jkube.apiserver.request.RequestInfo;
import io.jkube.apiserver.request.UserInfo;
import io.jkube.apiserver.storage.ObjectStore;
import io.jkube.apiserver.storage.SettledKind;
import io.jkube.apiserver.storage.WatchCaches;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Gives each request seats on its priority level. Thread-safe. */
public final class FlowControl implements MetricsSource {
  /** How many requests run at a time, over all levels: upstream's 400 and 200 changing ones. */
  public static final int SEATS = 600;

  /** How long a request waits for a seat: upstream's, a quarter of a minute. */
  public static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

  /** How often the levels' seats are divided anew: upstream's. */
  static final Duration ADJUSTED_EVERY = Duration.ofSeconds(10);

  /** What takes no seat, as nobody knows how long it goes on. */
  private static final Set<String> STREAMS =
      Set.of("attach", "exec", "log", "portforward", "proxy");

  private final SettledKind schemas;
  private final SettledKind levels;
  private final WorkEstimator estimator;
  private final int seats;
  private final Duration longestWait;
  private final Time time;
  private final Map<String, PriorityLevel> levelsByName = new ConcurrentHashMap<>();
  private final Map<List<String>, FlowTally> tallies = new ConcurrentHashMap<>();
  private final AtomicLong nextAdjustment;
  private volatile Snapshot snapshot;
  private volatile double fairFraction;

  /** A FlowSchema with its level. */
  private record Lane(FlowMatcher schema, PriorityLevel level, FlowTally tally) {}

  private record Snapshot(long schemas, long levels, List<Lane> lanes) {}

  public FlowControl(
      ObjectStore objects, WatchCaches caches, int seats, Duration longestWait, Time time) {
    this.schemas = objects.settled(BootstrapFlows.SCHEMAS);
    this.levels = objects.settled(BootstrapFlows.LEVELS);
    this.estimator = new WorkEstimator(caches);
    this.seats = seats;
    this.longestWait = longestWait;
    this.time = time;
    this.nextAdjustment = new AtomicLong(time.nanos() + ADJUSTED_EVERY.toNanos());
  }

  /**
   * Waits for the request's turn.
   *
   * @param classified is told where the request was put, also where it is then refused
   * @throws ApiException TooManyRequests when it does not get one in time
   */
  public Seat admit(
      UserInfo user, RequestInfo info, ApiRequest request, Consumer<Flow> classified) {
    if (info.resourceRequest() && STREAMS.contains(firstWord(info.subresource()))) {
      return Seat.NONE;
    }
    var lane = lane(user, info);
    var level = lane.level();
    classified.accept(new Flow(lane.schema().uid(), level.shape().uid()));
    var tally = lane.tally();
    var work = estimator.of(request, info, level.limits().widest(), tally);
    tally.estimated(work);
    long asked = time.nanos();
    adjustNowAndThen(asked);
    var outcome = take(lane, user, info, work);
    long began = time.nanos();
    if (level.shape().queues() > 0) {
      tally.waited(began - asked, outcome != PriorityLevel.Outcome.SEATED);
    }
    if (outcome != PriorityLevel.Outcome.SEATED) {
      tally.rejected(outcome);
      throw refusal();
    }
    return () -> {
      tally.executed(info.verb().equals("watch"), time.nanos() - began);
      level.end(work, tally);
    };
  }

  private PriorityLevel.Outcome take(Lane lane, UserInfo user, RequestInfo info, Work work) {
    var schema = lane.schema();
    try {
      return lane.level()
          .take(
              work,
              lane.tally(),
              () -> ShuffleShard.hash(schema.name() + '\0' + schema.flowOf(user, info)),
              longestWait);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new ApiException(StatusReason.SERVICE_UNAVAILABLE, "the server is stopping");
    }
  }

  private static String firstWord(String subresource) {
    int slash = subresource.indexOf('/');
    return slash < 0 ? subresource : subresource.substring(0, slash);
  }

  private static ApiException refusal() {
    var details = Json.object().put("retryAfterSeconds", 1);
    return new ApiException(
        StatusReason.TOO_MANY_REQUESTS, "too many requests, please try again later", details);
  }

  /** No thread of its own: while nobody asks, nobody lacks a seat. */
  private void adjustNowAndThen(long nanos) {
    long due = nextAdjustment.get();
    if (nanos - due >= 0 && nextAdjustment.compareAndSet(due, nanos + ADJUSTED_EVERY.toNanos())) {
      adjust(nanos);
    }
  }

  private synchronized void adjust(long nanos) {
    fairFraction = Borrowing.settle(levelsByName.values(), nanos);
  }

  private Lane lane(UserInfo user, RequestInfo info) {
    var lanes = snapshot().lanes();
    for (var lane : lanes) {
      if (lane.schema().matches(user, info)) {
        return lane;
      }
    }
    return lanes.getLast(); // catch-all is the last in any case
  }

  private Snapshot snapshot() {
    var now = snapshot;
    return now != null && now.schemas() == schemas.revision() && now.levels() == levels.revision()
        ? now
        : read();
  }

  private synchronized Snapshot read() {
    long schemaRevision = schemas.revision();
    long levelRevision = levels.revision();
    readLevels();
    var matchers = new ArrayList<FlowMatcher>();
    schemas.list("").forEach(each -> matchers.add(FlowMatcher.of(each.tree())));
    for (var mandatory : BootstrapFlows.mandatorySchemas()) {
      if (matchers.stream()
          .noneMatch(each -> each.name().equals(text(mandatory, "/metadata/name")))) {
        matchers.add(FlowMatcher.of(mandatory));
      }
    }
    matchers.sort(
        Comparator.comparingInt(FlowMatcher::precedence).thenComparing(FlowMatcher::name));
    var lanes =
        matchers.stream()
            .filter(each -> levelsByName.containsKey(each.level()))
            .map(this::lane)
            .toList();
    var next = new Snapshot(schemaRevision, levelRevision, lanes);
    snapshot = next;
    return next;
  }

  private Lane lane(FlowMatcher schema) {
    var level = levelsByName.get(schema.level());
    var tally =
        tallies.computeIfAbsent(
            List.of(schema.name(), level.name()),
            any -> new FlowTally(schema.name(), level.name()));
    return new Lane(schema, level, tally);
  }

  private void readLevels() {
    var configured = new HashMap<String, ObjectNode>();
    BootstrapFlows.mandatoryLevels().forEach(each -> configured.put(name(each), each));
    levels.list("").forEach(each -> configured.put(name(each.tree()), each.tree()));
    int shares =
        configured.values().stream().mapToInt(each -> Limits.shares(each.path("spec"))).sum();
    configured.forEach(
        (name, level) -> {
          var spec = level.path("spec");
          var shape = PriorityLevel.Shape.of(text(level, "/metadata/uid"), spec);
          var limits = Limits.of(spec, seats, shares);
          levelsByName
              .computeIfAbsent(name, any -> new PriorityLevel(name, shape, limits, time))
              .reshape(shape, limits);
        });
    levelsByName.keySet().retainAll(configured.keySet());
    adjust(time.nanos());
  }

  private static String name(ObjectNode object) {
    return text(object, "/metadata/name");
  }

  @Override
  public void writeTo(TextFormat text) {
    FlowTally.writeTo(text, tallies.values());
    LevelMetrics.writeTo(text, levelsByName.values(), fairFraction);
  }
}
